// Places services/calls in the monolithic kernel: every service is the kernel's own, a call away.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/monolithic/authority.hpp"
#include "kernels/monolithic/kernel.hpp"

#include "arch/riscv/console.hpp"

namespace call::world {

using Caller = ::Process;
using Console = ::Console;
using Files = ::Files;
using ::first_unreachable;
using ::from;
using ::into;

inline constexpr std::string_view LIBRARY = "/lib/monolithic/library";

inline constexpr auto& system = kernel.system;
inline constexpr auto& memory = kernel.shared_memory;
inline constexpr auto& files = kernel.files;
inline constexpr auto& exec = kernel.exec;
inline constexpr ::Threads threads{};

inline void wake(unix::Event event) { kernel.unix_placement.wake(event); }

} // namespace call::world
