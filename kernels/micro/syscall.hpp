// The system calls of the microkernel (abi/micro/ipc.hpp).
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

// entry.S calls it with the registers of the thread's ecall as they are: of all upcalls this one
// has no frame to decode, because what a call need not keep was not saved.
extern "C" void on_message(std::uint64_t label, std::uint64_t word0, std::uint64_t word1,
                           std::uint64_t word2, std::uint64_t word3, std::uint64_t word4,
                           std::uint64_t partner, std::uint64_t operation);
