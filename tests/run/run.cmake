# Runs over several ranks: a program with a toy model, and the laws it must keep (included by tests/CMakeLists.txt).
add_executable(driver_toy ${CMAKE_CURRENT_LIST_DIR}/driver_toy.c)
target_link_libraries(driver_toy PRIVATE hw_run)
add_test(NAME run_ranks COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/ranks.sh $<TARGET_FILE:driver_toy>)
set_tests_properties(run_ranks PROPERTIES TIMEOUT 600)
