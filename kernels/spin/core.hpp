// The core services' own system calls: what Trap.SystemCall does by default.
// SPDX-License-Identifier: MIT
#pragma once

#include "interface/trap.hpp"

// Answers CALL where no extension handles it. not_supported: nor does the core.
Result<std::uint64_t> answer_core_call(const spin::SystemCall& call);
