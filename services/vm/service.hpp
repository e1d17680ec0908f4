// Virtual memory as those above it see it: whole changes of address spaces, each safe to ask for.
// SPDX-License-Identifier: MIT
//
// vm::Memory is one service for one thread at a time. Around it stands what its placement needs: a
// lock (behind_lock.hpp) in a kernel or an extension, a loop that takes messages in a server, and
// then this is the client over messages. Every operation is one message's worth: lists where a
// program's start needs several of a kind.
#pragma once

#include "lib/codec.hpp"
#include "lib/fault.hpp"
#include "services/vm/names.hpp"
#include "services/vm/region.hpp"
#include "services/vm/statistics.hpp"

#include "abi/calls/memory.hpp"

namespace vm {

// Where a heap starts, empty, and how far it may grow; page boundaries.
struct HeapPlace {
    VirtAddr start;
    VirtAddr limit;
};

// Errors are those of vm::Memory (memory.hpp) unless said.
template <class S>
concept Service = requires(S& service, SpaceId space, std::span<const Region> regions,
                           const Region& region, PageRange range, Rights rights, HeapPlace heap,
                           std::int64_t bytes, std::uint64_t frames, const Fault& fault,
                           VirtAddr address, Bytes text, abi::Advice advice) {
    // A new address space with REGIONS and HEAP. too_many, no_memory, exists, invalid; then there
    // is none.
    { service.create(regions, heap) } -> std::same_as<Result<SpaceId>>;
    // A copy of SPACE. too_many, no_memory.
    { service.fork(space) } -> std::same_as<Result<SpaceId>>;
    // Ends SPACE, which is in force nowhere. What a failing disk loses, nobody is left to hear.
    { service.destroy(space) } -> std::same_as<void>;

    { service.map(space, region) } -> std::same_as<Result<void>>;
    // The same, moved to where it fits within RANGE; its first page.
    { service.map_within(space, region, range) } -> std::same_as<Result<Page>>;
    { service.unmap(space, range) } -> std::same_as<Result<void>>;
    { service.protect(space, range, rights) } -> std::same_as<Result<void>>;
    { service.move_break(space, bytes) } -> std::same_as<Result<VirtAddr>>;
    // How RANGE will be used: a policy of its own for it, where the structure has one to give, and
    // nothing of it was touched yet. bad_address: some of it is in no region. Advice may be
    // ignored.
    { service.advise(space, range, advice) } -> std::same_as<Result<void>>;

    // Makes FAULT's page fit for the access, as the road of a fault does. bad_address,
    // not_permitted: no program may do that; no_memory; input_output, no_space.
    { service.mend(space, fault) } -> std::same_as<Result<void>>;
    // TEXT into memory of a space that its program does not run in yet. As mend.
    { service.put(space, address, text) } -> std::same_as<Result<void>>;

    { service.write_back() } -> std::same_as<Result<void>>;
    // Programs together may use FRAMES from now on; how many it was.
    { service.set_pool(frames) } -> std::same_as<Result<std::uint64_t>>;
    { service.statistics() } -> std::same_as<Statistics>;
    { service.resident_pages(space) } -> std::same_as<std::uint64_t>;
};

} // namespace vm
