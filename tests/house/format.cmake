# clang-format over every C++ file of the tree; fails with the first lines that differ.
# SPDX-License-Identifier: MIT
# Each version lays out and complains a little differently; the tree keeps to Debian 12's.
execute_process(COMMAND ${TOOL} --version OUTPUT_VARIABLE version)
if(NOT version MATCHES "version 14\\.")
    message("SKIPPED: the tree keeps to version 14 of this tool")
    return()
endif()
set(files "")
foreach(folder IN ITEMS abi arch kernels lib services tests tools user)
    file(GLOB_RECURSE found ${TOP}/${folder}/*.cpp ${TOP}/${folder}/*.hpp)
    list(APPEND files ${found})
endforeach()
execute_process(COMMAND ${TOOL} --dry-run -Werror ${files}
    RESULT_VARIABLE result ERROR_VARIABLE report)
if(NOT result EQUAL 0)
    string(SUBSTRING "${report}" 0 4000 report)
    message(FATAL_ERROR "clang-format -i would change files:\n${report}")
endif()
