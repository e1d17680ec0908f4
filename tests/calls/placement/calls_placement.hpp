// Places services/calls in a test: the UNIX service over a disk in memory, and models beside it.
// SPDX-License-Identifier: MIT
#pragma once

#include "pages.hpp"
#include "services/calls/exec.hpp"
#include "threads.hpp"

// Everything that a test begins with anew.
struct Place {
    Steps steps{};
    World world{{.blocks = 512, .inodes = 127, .log = fs::LOG_LEAST, .swap = 8}};
    Pages memory{steps};
    Threads threads{steps, world.system};
    call::Exec exec{};
    std::string console{};
};

// Storage whose life the test begins and ends (world.hpp: Calls).
union PlaceStorage {
    Place place;
    PlaceStorage() {}  // NOLINT(modernize-use-equals-default): a union's would be deleted
    ~PlaceStorage() {} // NOLINT(modernize-use-equals-default): the same
};
inline PlaceStorage storage;

namespace call::world {

using ::Caller;
using ::Files;

struct Console {
    void put(std::string_view text) { storage.place.console += text; }
};

inline constexpr std::string_view LIBRARY = "/library";

inline auto& system = storage.place.world.system;
inline auto& memory = storage.place.memory;
inline auto& files = storage.place.world.files;
inline auto& threads = storage.place.threads;
inline auto& exec = storage.place.exec;

inline ProgramTransfer into(vm::SpaceId space, VirtAddr address) {
    return {memory, space, address};
}
inline ProgramTransfer from(vm::SpaceId space, VirtAddr address) {
    return {memory, space, address};
}
inline VirtAddr first_unreachable(vm::SpaceId space, VirtAddr start, std::uint64_t count,
                                  Access access) {
    return memory.first_unreachable(space, start, count, access);
}
inline void wake(unix::Event event) { storage.place.world.around.wake(event); }

} // namespace call::world
