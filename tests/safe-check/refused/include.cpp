// Refused: include@3,4,5: what a service may not see.
// SPDX-License-Identifier: MIT
#include "arch/riscv/sv39.hpp"
#include "lib/../arch/riscv/timer.hpp"
#include <atomic>

namespace vm {}
