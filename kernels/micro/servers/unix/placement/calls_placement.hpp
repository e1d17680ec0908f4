// Places services/calls in the UNIX server: the services below are other servers, a message away.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/library/windows.hpp"
#include "kernels/micro/servers/unix/personality.hpp"

#include "abi/address_map.h"

#include <algorithm>

namespace call::world {

using Caller = ::Process;
using Files = files::Client;
using Console = ::UnixConsole;

inline constexpr std::string_view LIBRARY = "/lib/micro/library";

inline constexpr auto& system = personality.system;
inline constexpr auto& memory = personality.memory;
inline constexpr auto& files = personality.files;
inline constexpr auto& exec = personality.exec;
inline constexpr ::Threads threads{};

// All memory of a program that waits for UNIX is a window, and an offset there an address.
inline micro::CallerDestination into(vm::SpaceId space, VirtAddr address) {
    return {process_in(space).token, address};
}
inline micro::CallerSource from(vm::SpaceId space, VirtAddr address) {
    return {process_in(space).token, address};
}
// The window ends at USER_END. A program that called without one has nothing that could be mended.
inline VirtAddr first_unreachable(vm::SpaceId space, VirtAddr start, std::uint64_t count,
                                  Access access) {
    if (start.raw() >= USER_END)
        return start;
    const std::uint64_t bytes = std::min(count, USER_END - start.raw());
    return start + micro::reach({process_in(space).token}, start, bytes, access).value_or(count);
}

inline void wake(unix::Event event) { personality.placement.wake(event); }

} // namespace call::world
