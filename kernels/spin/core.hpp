// The core services' own system calls: what Trap.SystemCall does by default.
// SPDX-License-Identifier: MIT
#pragma once

#include "interface/trap.hpp"

// Answers CALL where no extension handles it: the word that the program gets.
std::uint64_t answer_core_call(spin::SystemCall call);

// not_supported: nobody handles a call. From outside, this function shows what was asked for.
Result<std::uint64_t> refuse_call();
