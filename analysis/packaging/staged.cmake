# What Debian asks of a package besides what `cmake --install` puts down, done where CPack has staged it.
set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr)
set(doc ${root}/share/doc/homeward)
set(packaging ${CPACK_HOMEWARD_SOURCE}/analysis/packaging)

# Pages of the manual and the list of changes are packed, without the time of packing in them.
file(GLOB pages ${root}/share/man/man1/*.1)
file(COPY ${packaging}/changelog.Debian DESTINATION ${doc})
execute_process(COMMAND gzip -9 -n -f ${pages} ${doc}/changelog.Debian COMMAND_ERROR_IS_FATAL ANY)

# Licences: ours, and of what is inside the program: HDF5 where it was linked in, and the packages of the page.
file(READ ${CPACK_HOMEWARD_SOURCE}/LICENSE licence)
string(REGEX REPLACE "\n\n" "\n.\n" licence "${licence}")
string(REGEX REPLACE "\n([^\n])" "\n \\1" licence "${licence}")
string(STRIP "${licence}" licence)
file(READ ${packaging}/copyright.in copyright)
string(REPLACE "@LICENCE@" "${licence}" copyright "${copyright}")
file(WRITE ${doc}/copyright "${copyright}")
if(EXISTS /usr/share/doc/libhdf5-dev/copyright)
  file(COPY_FILE /usr/share/doc/libhdf5-dev/copyright ${doc}/copyright.hdf5)
endif()

# The guide is where the program's own files are; who looks for it where Debian keeps documentation is led there.
file(CREATE_LINK ../../homeward/analysis/guide ${doc}/guide SYMBOLIC)
file(CREATE_LINK ../../homeward/README.md ${doc}/README.md SYMBOLIC)

# Everybody may read it, whatever the mask of whoever packs; and what is no program is not executable.
execute_process(COMMAND chmod -R u=rwX,go=rX ${root} COMMAND_ERROR_IS_FATAL ANY)
