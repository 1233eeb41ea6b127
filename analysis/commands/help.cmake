# The help texts of the commands, help/NAME.txt in each of the folders, as one C file. A text that changes starts CMake again.
function(hw_help_texts output)
  set(help_rows "")
  foreach(folder ${ARGN})
    file(GLOB help_files CONFIGURE_DEPENDS ${folder}/help/*.txt)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${help_files})
    foreach(file ${help_files})
      get_filename_component(name ${file} NAME_WE)
      file(READ ${file} text)
      string(REPLACE "\\" "\\\\" text "${text}")
      string(REPLACE "\"" "\\\"" text "${text}")
      string(REPLACE "\n" "\\n\"\n     \"" text "${text}")
      string(APPEND help_rows "    {\"${name}\",\n     \"${text}\"},\n")
    endforeach()
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [[
#include "analysis/commands/help.h"

const hw_help hw_helps[] = {
@help_rows@};

const size_t hw_help_count = sizeof hw_helps / sizeof hw_helps[0];
]])
endfunction()

set(help_folder ${CMAKE_CURRENT_LIST_DIR})
hw_help_texts(${CMAKE_BINARY_DIR}/help/help_texts.c ${help_folder})
target_sources(hw_analysis PRIVATE ${CMAKE_BINARY_DIR}/help/help_texts.c)
