# The digest of the code that worlds are made of: when it is built, since an edit does not start CMake again.
#
#   cmake -D FOLDER=source -D OUTPUT=code.c -P models/code.cmake
file(GLOB_RECURSE sources RELATIVE ${FOLDER} ${FOLDER}/sim/*.[ch] ${FOLDER}/models/*.[ch])
list(SORT sources)
set(digests "")
foreach(source ${sources})
  file(SHA256 ${FOLDER}/${source} digest)
  string(APPEND digests "${source} ${digest}\n")
endforeach()
string(SHA256 digest "${digests}")
string(SUBSTRING ${digest} 0 16 digest)
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "models/code.h"

const char hw_model_code[] = "@digest@";
]])
