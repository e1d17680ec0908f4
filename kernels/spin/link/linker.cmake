# The linker's own code, which the host compiles as well: SPIN_LINKER.
# SPDX-License-Identifier: MIT
set(SPIN_LINKER aim.cpp check.cpp instruction.cpp names.cpp object.cpp relocate.cpp sweep.cpp)
list(TRANSFORM SPIN_LINKER PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
