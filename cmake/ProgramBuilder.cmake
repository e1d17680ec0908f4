# The script by which a reader builds a program of his own, as the tree's programs are built.
# SPDX-License-Identifier: MIT

# build-program SOURCE OUTPUT: the flags and the link of guest_program, for slot 15, as a shell
# script.
function(guest_program_builder)
    add_executable(program-of-reader EXCLUDE_FROM_ALL $<TARGET_OBJECTS:program-start>)
    guest_target(program-of-reader user/lib abi lib)
    guest_linker_script(program-of-reader ${FAULTLINE_TOP}/user/program.ld.S -DSLOT_BASE=0x1f000000)
    add_custom_target(reader-slot ALL DEPENDS program-of-reader-ld program-start)
    # What ends without return runs on into what stands behind it; before GCC 14 a freestanding
    # main, too.
    set(flags ${GUEST_FLAGS} ${GUEST_CXX_FLAGS} -Werror=return-type -fmax-errors=20)
    foreach(layer IN ITEMS user-lib abi lib)
        list(APPEND flags -I${CMAKE_BINARY_DIR}/layers/${layer})
    endforeach()
    list(APPEND flags -isystem ${FAULTLINE_TOP}/guest/include)
    list(TRANSFORM flags PREPEND "'")
    list(TRANSFORM flags APPEND "'")
    list(JOIN flags " " flags)
    list(TRANSFORM GUEST_LINK_FLAGS PREPEND "'" OUTPUT_VARIABLE link)
    list(TRANSFORM link APPEND "'")
    list(JOIN link " " link)
    file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/build-program
        CONTENT
"#!/bin/sh
# build-program SOURCE OUTPUT: compiles a program of one's own as the tree's programs are, for the
# reader's slot.
set -eu
[ $# -eq 2 ] || { echo 'usage: build-program SOURCE.cpp OUTPUT' >&2; exit 2; }
exec '${CMAKE_CXX_COMPILER}' ${flags} ${link} \\
    -T '${CMAKE_CURRENT_BINARY_DIR}/program-of-reader.ld' \\
    -o \"$2\" \"$1\" '$<JOIN:$<TARGET_OBJECTS:program-start>,' '>'
"
        FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                         WORLD_READ WORLD_EXECUTE)
endfunction()
