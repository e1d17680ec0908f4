// What services/calls stands over in ExOS: the process's own memory, and what all share.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/exo/libos/console.hpp"
#include "kernels/exo/libos/libos.hpp"
#include "kernels/exo/libos/program_memory.hpp"

namespace call::world {

using Caller = ::Process;
using Console = ::Console;
using Files = ::Files;
using ::first_unreachable;
using ::from;
using ::into;

// The library is there already, and part of no program's regions.
inline constexpr std::string_view LIBRARY = "/lib/exo/library";

inline constexpr auto& system = shared.system;
inline constexpr auto& memory = libos.private_memory;
inline constexpr auto& files = shared.files;
inline constexpr auto& exec = shared.exec;
inline constexpr ::Threads threads{};

inline void wake(unix::Event event) { shared.placement.wake(event); }

} // namespace call::world
