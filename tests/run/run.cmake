# Runs over several ranks: a program with a toy model, and the laws it must keep (included by tests/CMakeLists.txt).
add_executable(driver_toy ${CMAKE_CURRENT_LIST_DIR}/driver_toy.c)
target_link_libraries(driver_toy PRIVATE hw_run)
add_test(NAME run_ranks COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/ranks.sh $<TARGET_FILE:driver_toy>)
set_tests_properties(run_ranks PROPERTIES TIMEOUT 600)

# Sweeps over several ranks, with another toy; nightly, HW_SWEEP_KILLS=100 in the environment makes the kill test longer.
add_executable(driver_sweep ${CMAKE_CURRENT_LIST_DIR}/driver_sweep.c)
target_link_libraries(driver_sweep PRIVATE hw_run)
add_test(NAME run_ranks_sweep COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/sweep.sh $<TARGET_FILE:driver_sweep>)
add_test(NAME run_ranks_sweep_kill COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/sweep_kill.sh $<TARGET_FILE:driver_sweep>)
set_tests_properties(run_ranks_sweep run_ranks_sweep_kill PROPERTIES TIMEOUT 1800)
