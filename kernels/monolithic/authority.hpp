// The gate: what a program may name, and how errors leave the kernel.
// SPDX-License-Identifier: MIT
#pragma once

#include "task.hpp"

#include "abi/errors.hpp"

#include <span>

// Copies from the program's memory at SOURCE. bad_address where the program itself could not read;
// what lies before that is copied already.
Result<void> copy_from_program(const Process& process, VirtAddr source,
                               std::span<std::byte> destination);

// A system call's result as the program sees it.
constexpr std::uint64_t to_abi(const Result<std::uint64_t>& result) {
    return result ? *result : static_cast<std::uint64_t>(abi::to_number(result.error()));
}
