# The page's scripts, style and map as one C file: packages are fetched once, and again when the lock file changes.
set(page_folder ${CMAKE_BINARY_DIR}/page)
set(page_bundle ${page_folder}/page_bundle.c)
file(MAKE_DIRECTORY ${page_folder})
if(HW_PAGE)
  find_program(HW_NPM npm)
  find_program(HW_NODE NAMES node nodejs)
  if(NOT HW_NPM OR NOT HW_NODE)
    message(FATAL_ERROR "npm and node are missing, which bundle the page of `homeward report`. Install them (Debian: apt-get install npm), "
                        "or build the program without the page: -D HW_PAGE=OFF")
  endif()
  set(page_sources ${CMAKE_CURRENT_LIST_DIR})
  file(GLOB page_files CONFIGURE_DEPENDS ${page_sources}/build.mjs ${page_sources}/page.* ${page_sources}/desk.css ${page_sources}/words/*.json ${page_sources}/src/*.js ${page_sources}/src/charts/*.js ${page_sources}/src/desk/*.js)
  set(page_map ${CMAKE_SOURCE_DIR}/analysis/data/azerbaijan-districts.geojson)
  set(npm_failed "npm could not fetch the packages of the page (is the registry reached from here?). Without the page: -D HW_PAGE=OFF")
  add_custom_command(
    OUTPUT ${page_folder}/packages
    DEPENDS ${page_sources}/package.json ${page_sources}/package-lock.json
    COMMAND ${CMAKE_COMMAND} -E copy ${page_sources}/package.json ${page_sources}/package-lock.json ${page_folder}
    COMMAND sh -c "\"$0\" ci --prefer-offline --ignore-scripts --no-audit --no-fund --loglevel=error || { echo \"$1\" >&2; exit 1; }" ${HW_NPM} ${npm_failed}
    COMMAND ${CMAKE_COMMAND} -E touch ${page_folder}/packages
    WORKING_DIRECTORY ${page_folder}
    COMMENT "Fetching the packages of the page"
    VERBATIM)
  add_custom_command(
    OUTPUT ${page_bundle}
    DEPENDS ${page_folder}/packages ${page_files} ${page_map}
    COMMAND ${HW_NODE} ${page_sources}/build.mjs ${page_bundle} ${page_map}
    WORKING_DIRECTORY ${page_folder}
    COMMENT "Bundling the page"
    VERBATIM)
else()
  file(CONFIGURE OUTPUT ${page_bundle} @ONLY CONTENT [[
#include "analysis/page/template.h"

const hw_page_template hw_page_full = {0}, hw_page_plain = {0}, hw_page_desk = {0};
]])
endif()
target_sources(hw_analysis PRIVATE ${page_bundle})
