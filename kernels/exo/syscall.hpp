// The exokernel's primitives (abi/exo/primitives.hpp).
// SPDX-License-Identifier: MIT
#pragma once

#include "task.hpp"

// The first arguments, as they came in registers.
struct Arguments {
    std::uint64_t a0;
    std::uint64_t a1;
    std::uint64_t a2;
};

// Performs NUMBER for ENVIRONMENT. An unknown number is answered with an error.
abi::exo::Answer perform(Environment& environment, abi::exo::Primitive number,
                         const Arguments& arguments);

// entry.S: an environment executed ecall.
extern "C" abi::exo::Answer on_primitive(std::uint64_t a0, std::uint64_t a1, std::uint64_t a2,
                                         std::uint64_t a3, std::uint64_t a4, std::uint64_t a5,
                                         std::uint64_t a6, std::uint64_t number);
