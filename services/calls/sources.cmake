# The sources of services/calls and services/exec, for every image that serves system calls.
# SPDX-License-Identifier: MIT
set(SERVICES_CALLS boot.cpp bytes.cpp examine.cpp exec.cpp files.cpp handlers.cpp lives.cpp memory.cpp names.cpp
    processes.cpp terminal.cpp)
list(TRANSFORM SERVICES_CALLS PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
list(APPEND SERVICES_CALLS ${FAULTLINE_TOP}/services/exec/arguments.cpp
    ${FAULTLINE_TOP}/services/exec/boot_arguments.cpp
    ${FAULTLINE_TOP}/services/exec/program.cpp)
