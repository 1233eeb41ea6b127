# The Debian package: `cpack -G DEB` in a build folder. What it holds is what `cmake --install` puts down, with what Debian asks of a
# package besides: pages of the manual packed, the licences of what is linked in, and the list of packages that it needs, which
# dpkg-shlibdeps finds. Built twice from the same sources it is the same, byte for byte, where SOURCE_DATE_EPOCH is set.
set(CPACK_PACKAGE_NAME homeward)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "simulates when land is released from mines and people return")
set(CPACK_PACKAGE_DESCRIPTION "\
Homeward plays the clearance of mined land and the return of people a thousand
times: teams, dogs and machines, money, seasons, families. It says when each
place can be released, how likely that is by a given day, what holds it back,
what it costs, and what a pledge, a policy or a change of order would do.
.
Answers come as tables, as HDF5 files by the netCDF conventions, as pages for
a browser, and from a desk in the browser that asks the model itself. Runs are
shared over the cores of a computer or of a cluster (MPI); the same question
gives the same bytes on any number of them.")
# Whoever publishes a package names themselves: -D CPACK_DEBIAN_PACKAGE_MAINTAINER="Name <address>".
if(NOT CPACK_DEBIAN_PACKAGE_MAINTAINER)
  set(CPACK_DEBIAN_PACKAGE_MAINTAINER "Homeward developers <developers@homeward.invalid>")
endif()
set(CPACK_PACKAGE_CONTACT "${CPACK_DEBIAN_PACKAGE_MAINTAINER}")
set(CPACK_PACKAGE_VENDOR "The Homeward developers")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# mpirun, and the daemon without which not even one rank starts.
set(CPACK_DEBIAN_PACKAGE_DEPENDS openmpi-bin)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "gnuplot-nox, fonts-dejavu-core, man-db, python3") # pictures; the manual; scripts beside scenarios
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "bash-completion, python3-xarray, python3-h5netcdf, netcdf-bin")
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/staged.cmake)
set(CPACK_HOMEWARD_SOURCE ${CMAKE_SOURCE_DIR}) # for that script
include(CPack)
