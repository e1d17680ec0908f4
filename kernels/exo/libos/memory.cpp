// A process's memory: set up, and given the room that its tables need.
// SPDX-License-Identifier: MIT
//
// Before: services/calls; boot.cpp. Next: services/vm, which finds its tables' pages there: a fault
// in the middle of it could not be mended.
#include "memory.hpp"

#include "critical.hpp"
#include "libos.hpp"
#include "primitives.hpp"

#include <algorithm>
#include <utility>

// A third of the machine's frames is left for what processes have besides: their libraries' data,
// and tables.
Result<void> place_memory(const vm::Configuration& configuration) {
    libos.memory.frames.note_given_in(libos.tables.given_frames);
    const std::uint64_t swap_blocks =
        shared.disk.is_read_only() ? 0 : shared.file_system.layout().swap_blocks;
    libos.memory.swap.adopt(std::min<std::uint64_t>(SWAP_SLOTS, swap_blocks));
    vm::Configuration own = configuration;
    own.pool = std::min(own.pool, free_frames() / 3 * 2);
    TRY(libos.memory.set_up(libos.tables.storage(), own));
    // Where the machine has no frame left, the first fault will say so.
    static_cast<void>(libos.memory.frames.hold_more());
    return {};
}

// Inner nodes, two windows that are begun, and a stack's windows below it come in addition.
Result<void> PrivateMemory::have_nodes(std::uint64_t pages) {
    constexpr std::uint64_t BESIDE = 6;
    const std::uint64_t used = libos.memory.nodes_end();
    const std::uint64_t end = std::min(NODES, used + pages / vm::NODE_RECORDS + BESIDE);
    const auto have = [&] {
        const vm::Record* const nodes = libos.tables.nodes.data();
        return have_data(nodes + used * vm::NODE_RECORDS, nodes + end * vm::NODE_RECORDS);
    };
    return with_room(pages_to_hold((end - used) * vm::NODE_RECORDS * sizeof(vm::Record)), have);
}

Result<void> PrivateMemory::make_room(std::uint64_t count) { return libos.memory.make_room(count); }

Result<vm::SpaceId> PrivateMemory::create(std::span<const vm::Region> regions, vm::HeapPlace heap) {
    std::uint64_t pages = 0;
    for (const vm::Region& region : regions)
        pages += region.end - region.reserved_from() + 2 * vm::NODE_RECORDS;
    TRY(have_nodes(pages));
    return BehindLock::create(regions, heap);
}

Result<void> PrivateMemory::advise(vm::SpaceId space, vm::PageRange range, abi::Advice advice) {
    TRY(BehindLock::advise(space, range, advice));
    if (advice == abi::Advice::cyclic)
        libos.memory.set_policy(vm::Policy::mru);
    return {};
}

vm::Statistics PrivateMemory::statistics() {
    vm::Statistics own = BehindLock::statistics();
    own.counters.add(shared.counters_of_ended);
    return own;
}

// The free ones first; then those of pages that can be saved.
void PrivateMemory::give_back(std::uint64_t count) {
    std::uint64_t given = libos.memory.frames.give_back(count);
    while (given < count && libos.memory.evict_pages(count - given))
        given += libos.memory.frames.give_back(count - given);
}

Result<std::uint64_t> PrivateMemory::set_pool(std::uint64_t frames) {
    const std::uint64_t resident = libos.memory.resident();
    if (frames < resident) {
        // Where it asks another process, or nobody has many, this one evicts all the same.
        static_cast<void>(primitive::want_frames(resident - frames));
        heed_revocation();
    }
    return BehindLock::set_pool(frames);
}

void give_frames_back() {
    const Critical section;
    const std::uint64_t wanted = std::exchange(environment_page().frames_wanted, 0);
    libos.private_memory.give_back(wanted);
}
