# The page in a browser, and the types of its script. Not under sanitizers: it is no C.
if(NOT HW_PAGE OR HW_SANITIZE)
  return()
endif()
set(tools_folder ${CMAKE_BINARY_DIR}/page_tests)
set(tools_sources ${CMAKE_CURRENT_LIST_DIR})
file(MAKE_DIRECTORY ${tools_folder})
add_custom_command(
  OUTPUT ${tools_folder}/packages
  DEPENDS ${tools_sources}/package.json ${tools_sources}/package-lock.json
  COMMAND ${CMAKE_COMMAND} -E copy ${tools_sources}/package.json ${tools_sources}/package-lock.json ${tools_folder}
  COMMAND ${HW_NPM} ci --prefer-offline --ignore-scripts --no-audit --no-fund --loglevel=error
  COMMAND ${CMAKE_COMMAND} -E touch ${tools_folder}/packages
  WORKING_DIRECTORY ${tools_folder}
  COMMENT "Fetching the packages of the tests of the page"
  VERBATIM)
add_custom_target(page_tools ALL DEPENDS ${tools_folder}/packages)

# Packages of the tests lie in a folder of the build, the sources in another.
file(CONFIGURE OUTPUT ${tools_folder}/tsconfig.json @ONLY CONTENT [[
{
  "compilerOptions": {
    "allowJs": true, "checkJs": true, "strict": true, "noEmit": true, "skipLibCheck": true, "noUnusedLocals": true, "noUnusedParameters": true,
    "target": "es2022", "lib": ["es2022", "dom", "dom.iterable"], "module": "esnext", "moduleResolution": "bundler", "types": [], "resolveJsonModule": true
  },
  "include": ["@CMAKE_SOURCE_DIR@/analysis/page/src"]
}
]])
add_test(NAME page_types COMMAND ${HW_NODE} ${tools_folder}/node_modules/typescript/bin/tsc -p ${tools_folder}/tsconfig.json)
add_test(NAME page_words COMMAND ${HW_NODE} ${tools_sources}/words.mjs ${CMAKE_SOURCE_DIR})
add_test(NAME page_colours COMMAND ${HW_NODE} ${tools_sources}/colours.mjs ${CMAKE_SOURCE_DIR})
# Beside program_sanity, which looks at numbers as this looks at their page; slow like it.
add_test(NAME program_sanity_page COMMAND ${HW_NODE} ${tools_sources}/page_in_browser.mjs $<TARGET_FILE:homeward> ${CMAKE_SOURCE_DIR} ${tools_folder})
add_test(NAME page_desk COMMAND ${HW_NODE} ${tools_sources}/desk_in_browser.mjs $<TARGET_FILE:homeward> ${CMAKE_SOURCE_DIR} ${tools_folder})
add_test(NAME page_desk_decides COMMAND ${HW_NODE} ${tools_sources}/desk_decides_in_browser.mjs $<TARGET_FILE:homeward> ${CMAKE_SOURCE_DIR} ${tools_folder})
