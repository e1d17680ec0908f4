// Refused: include@3,4,5,6: what a service may not see.
// SPDX-License-Identifier: MIT
#include "arch/riscv/sv39.hpp"
#include "lib/../arch/riscv/timer.hpp"
#include "lib/memory.cpp"
#include <atomic>

namespace vm {}
