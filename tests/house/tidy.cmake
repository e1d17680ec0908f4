# clang-tidy over the sources below FOLDERS, with the compile commands of BUILD.
# SPDX-License-Identifier: MIT
#
# The guest is compiled by GCC; clang reads it with the cross compiler's own C++ headers
# (CROSS_COMPILER), and with the concepts macro that libstdc++ asks for.
# Each version lays out and complains a little differently; the tree keeps to Debian 12's.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${TOOL} --version OUTPUT_VARIABLE version)
if(NOT version MATCHES "version 14\\.")
    message("SKIPPED: the tree keeps to version 14 of this tool")
    return()
endif()
set(files "")
foreach(folder IN LISTS FOLDERS)
    file(GLOB_RECURSE found ${TOP}/${folder}/*.cpp)
    list(APPEND files ${found})
endforeach()
# clang stops at options that only GCC knows.
file(READ ${BUILD}/compile_commands.json commands)
string(REPLACE " -fno-tree-loop-distribute-patterns" "" commands "${commands}")
# A service is compiled once for each placement; one of them is looked at.
string(REGEX MATCHALL "{[^{}]*}" entries "${commands}")
set(kept "")
set(seen "")
foreach(entry IN LISTS entries)
    string(REGEX MATCH "\"file\": \"([^\"]*)\"" file "${entry}")
    if(NOT file IN_LIST seen)
        list(APPEND seen "${file}")
        list(APPEND kept "${entry}")
    endif()
endforeach()
list(JOIN kept ",\n" commands)
file(WRITE ${SCRATCH}/compile_commands.json "[\n${commands}\n]\n")
set(arguments -quiet -p ${SCRATCH} --extra-arg=-Wno-unknown-warning-option)
if(CROSS_COMPILER)
    execute_process(COMMAND ${CROSS_COMPILER} -E -x c++ /dev/null -v
        OUTPUT_QUIET ERROR_VARIABLE search)
    string(REGEX MATCHALL "[^ \n]+/c[+][+]/[0-9]+[^ \n]*" headers "${search}")
    list(FILTER headers INCLUDE REGEX "/include/")
    foreach(header IN LISTS headers)
        list(APPEND arguments --extra-arg=-isystem${header})
    endforeach()
    list(APPEND arguments --extra-arg=--target=riscv64-linux-gnu --extra-arg=-march=rv64imac
        --extra-arg=-std=c++2b --extra-arg=-D__cpp_concepts=202002L --extra-arg=-Wno-macro-redefined
        --extra-arg=-Wno-unused-command-line-argument --extra-arg=-Qunused-arguments)
endif()
execute_process(COMMAND ${TOOL} ${arguments} ${files}
    RESULT_VARIABLE result OUTPUT_VARIABLE report ERROR_VARIABLE noise)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "clang-tidy:\n${report}\n${noise}")
endif()
