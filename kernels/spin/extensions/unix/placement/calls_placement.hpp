// Places services/calls in an extension: the services below are other extensions, a call away.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/spin/extensions/unix/personality.hpp"

#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/virt_addr.hpp"

namespace call::world {

using Caller = ::Process;
using Files = ::LinkedFiles;

// Words about programs that end.
struct Console {
    void put(std::string_view text) { console_write(text); }
};

inline constexpr std::string_view LIBRARY = "/lib/spin/library";

inline constexpr auto& system = personality.system;
inline constexpr auto& memory = personality.memory;
inline constexpr auto& files = personality.files;
inline constexpr auto& exec = personality.exec;
inline constexpr ::Threads threads{};

inline spin::ProgramDestination into(vm::SpaceId space, VirtAddr address) {
    return {pager::context(space), address};
}
inline spin::ProgramSource from(vm::SpaceId space, VirtAddr address) {
    return {pager::context(space), address};
}
inline VirtAddr first_unreachable(vm::SpaceId space, VirtAddr start, std::uint64_t count,
                                  Access access) {
    return virt_addr_first_unreachable(pager::context(space), start, count, access);
}

inline void wake(unix::Event event) { personality.placement.wake(event); }

} // namespace call::world
