# Keeps what clang-tidy found clean in this build, for other clones: tests/lint/clean.txt.
# SPDX-License-Identifier: MIT
file(GLOB memories ${BUILD}/lint/*/clean)
set(lines "")
foreach(memory IN LISTS memories)
    file(STRINGS ${memory} some)
    list(APPEND lines ${some})
endforeach()
list(TRANSFORM lines REPLACE "^([^ ]+) (.+)$" "\\2 \\1") # sorted by source
list(SORT lines)
list(TRANSFORM lines REPLACE "^(.+) ([^ ]+)$" "\\2 \\1")
list(JOIN lines "\n" text)
file(WRITE ${RECORD} "${text}\n")
list(LENGTH lines count)
message(STATUS "${count} files were clean")
