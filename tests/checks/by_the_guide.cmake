# The program with the additions of the contributors' page: they are applied to copies, which are compiled before the library is looked
# into. Where the page does not fit the sources any more, there is no such program, and the test says why.
set(by_the_guide ${CMAKE_BINARY_DIR}/by_the_guide)
set(by_the_guide_page ${CMAKE_SOURCE_DIR}/analysis/guide/contributor.md)
execute_process(
  COMMAND /usr/bin/python3 ${CMAKE_CURRENT_LIST_DIR}/by_the_guide.py ${by_the_guide_page} ${CMAKE_SOURCE_DIR} ${by_the_guide}
  OUTPUT_VARIABLE by_the_guide_read OUTPUT_STRIP_TRAILING_WHITESPACE
  RESULT_VARIABLE by_the_guide_result ERROR_QUIET)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${by_the_guide_page} ${CMAKE_CURRENT_LIST_DIR}/by_the_guide.py)
if(by_the_guide_result EQUAL 0)
  list(TRANSFORM by_the_guide_read PREPEND ${CMAKE_SOURCE_DIR}/)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${by_the_guide_read})
  file(GLOB_RECURSE by_the_guide_sources ${by_the_guide}/*.c)
  set(by_the_guide_helps ${CMAKE_BINARY_DIR}/help/help_texts_by_the_guide.c)
  hw_help_texts(${by_the_guide_helps} ${help_folder} ${by_the_guide}/analysis/commands)
  add_executable(homeward_by_the_guide ${by_the_guide_sources} ${by_the_guide_helps} ${CMAKE_SOURCE_DIR}/analysis/commands/main.c)
  target_include_directories(homeward_by_the_guide BEFORE PRIVATE ${by_the_guide})
  target_link_libraries(homeward_by_the_guide PRIVATE hw_analysis)
endif()
add_test(NAME checks_worked_example
         COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/worked_example.sh ${CMAKE_BINARY_DIR}/tests/homeward_by_the_guide ${CMAKE_SOURCE_DIR})
