# Homeward for Spack, on clusters that build their software from source:
#
#   spack repo add analysis/packaging/spack
#   spack install homeward
#
# No release is published yet, so `main` is the folder that holds this file: Spack builds what you have checked out.
import os

from spack.package import *


class Homeward(CMakePackage):
    """Simulates when land is released from mines and people return: mine clearance and return as a discrete-event simulation,
    replicated over MPI ranks with the same bytes at any number of them."""

    license("MIT")

    sources = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 5))
    version("main", git="file://" + sources, branch="main")

    variant("page", default=False, description="Build the page of `homeward report` into the program (npm fetches a bundler)")
    variant("plots", default=True, description="gnuplot for `homeward plot`")

    depends_on("c", type="build")
    depends_on("cmake@3.22:", type="build")
    depends_on("pkgconfig", type="build")
    depends_on("npm", type="build", when="+page")

    depends_on("mpi@3:")
    depends_on("hdf5@1.10: ~mpi +hl")
    depends_on("gsl@2.7:")
    depends_on("random123@1.14:")
    depends_on("libyaml@0.2.5:")
    depends_on("nettle@3.7:")
    depends_on("jansson@2.14:")
    depends_on("libmicrohttpd@0.9.75:")
    depends_on("libunistring@1:")
    depends_on("nlopt@2.7:")
    depends_on("expat@2.5:")
    depends_on("zlib-api")
    depends_on("gnuplot", type="run", when="+plots")

    def cmake_args(self):
        return [self.define("HW_TESTS", False), self.define_from_variant("HW_PAGE", "page")]

    @run_after("install")
    @on_package_attributes(run_tests=True)
    def check_install(self):
        homeward = Executable(self.prefix.bin.homeward)
        homeward("check", join_path(self.prefix.share.homeward.scenarios, "quick.yaml"))
