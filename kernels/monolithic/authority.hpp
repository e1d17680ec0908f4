// The gate: what a program may name, and how errors leave the kernel.
// SPDX-License-Identifier: MIT
//
// A program names nothing but its own memory, and that is believed page by page, with the program's
// own rights (arch/riscv/user_memory.hpp).
#pragma once

#include "abi/errors.hpp"
#include "arch/riscv/user_memory.hpp"

// A system call's result as the program sees it.
constexpr std::uint64_t to_abi(const Result<std::uint64_t>& result) {
    return result ? *result : static_cast<std::uint64_t>(abi::to_number(result.error()));
}
