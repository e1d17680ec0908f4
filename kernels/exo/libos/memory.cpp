// A process's memory: set up, and given the room that its tables need.
// SPDX-License-Identifier: MIT
//
// Before: services/calls; boot.cpp. Next: services/vm, which finds its tables' pages there: a fault
// in the middle of it could not be mended.
#include "memory.hpp"

#include "libos.hpp"

#include <algorithm>

Result<void> place_memory(const vm::Configuration& configuration) {
    libos.memory.frames.note_given_in(libos.tables.given_frames);
    const std::uint64_t swap_blocks =
        shared.disk.is_read_only() ? 0 : shared.file_system.layout().swap_blocks;
    libos.memory.swap.adopt(std::min<std::uint64_t>(SWAP_SLOTS, swap_blocks));
    TRY(libos.memory.set_up(libos.tables.storage(), configuration));
    // Where the machine has no frame left, the first fault will say so.
    static_cast<void>(libos.memory.frames.hold_more());
    return {};
}

// Inner nodes, two windows that are begun, and a stack's windows below it come in addition.
Result<void> PrivateMemory::have_nodes(std::uint64_t pages) {
    constexpr std::uint64_t BESIDE = 6;
    auto& nodes = libos.tables.nodes;
    const std::uint64_t used = libos.memory.nodes_end();
    const std::uint64_t end = std::min(NODES, used + pages / vm::NODE_RECORDS + BESIDE);
    return have_data(&nodes[0] + used * vm::NODE_RECORDS, &nodes[0] + end * vm::NODE_RECORDS);
}

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
