// Calls that only look: time, counters, processes.
// SPDX-License-Identifier: MIT
#include "services/calls/bytes.hpp"
#include "services/calls/calls.hpp"

#include "abi/calls/processes.hpp"

#include <algorithm>

namespace call {

namespace {

abi::Statistics statistics_now() {
    const vm::Statistics memory = world::memory.statistics();
    const auto files = world::files.counts();
    const unix::Counts system = world::system.counts();
    std::uint64_t faults = 0;
    for (const std::uint64_t of_a_kind : memory.counters.faults)
        faults += of_a_kind;
    return {
        .frames = memory.pool,
        .resident_pages = memory.resident,
        .free_frames = memory.free_frames,
        .swap_slots = memory.slots,
        .free_swap_slots = memory.free_slots,
        .page_faults = faults,
        .pages_in =
            memory.counters.count(vm::Supply::swap) + memory.counters.count(vm::Supply::file),
        .pages_out = memory.counters.swap_writes + memory.counters.file_writes,
        .evictions = memory.counters.evictions,
        .evictions_in_fault = memory.counters.evictions_in_fault,
        .processes = system.processes,
        .open_files = system.open_files,
        .inodes_in_use = files.inodes_in_use,
        .free_inodes = files.free_inodes,
        .free_blocks = files.free_blocks,
        .context_switches = world::threads.switches(),
        .page_nodes = memory.nodes - memory.free_nodes,
    };
}

// What UNIX knows of the process at INDEX, what memory does, and what its thread does.
std::optional<abi::ProcessInfo> row_of(unix::ProcessIndex index) {
    std::optional<abi::ProcessInfo> row = world::system.info(index);
    if (!row || !world::system.has_begun(index))
        return row; // without a thread, as yet
    if (row->state != abi::ProcessState::ended)
        if (const std::optional<vm::SpaceId> its_space = world::threads.at(index).space)
            row->resident_pages = world::memory.resident_pages(*its_space);
    world::threads.describe(index, *row);
    return row;
}

} // namespace

Answer uptime(Caller&, Request) { return Answer::of(world::threads.now()); }

// As much of the table as the program has room for, so that it may grow at its end.
Answer statistics(Caller& caller, Request request) {
    const abi::Statistics now = statistics_now();
    std::array<std::byte, sizeof(now)> raw{};
    TRY(store(raw, 0, now));
    const std::uint64_t count = std::min<std::uint64_t>(request.argument(1), raw.size());
    TRY(copy_out(caller, VirtAddr(request.argument(0)), Bytes(raw).first(count)));
    return Answer::nothing();
}

Answer processes(Caller& caller, Request request) {
    std::uint64_t there = 0;
    for (std::size_t i = 0; i < unix::PROCESSES; ++i) {
        const auto row = row_of(unix::ProcessIndex(i));
        if (!row)
            continue;
        if (there < request.argument(1))
            TRY(write_out(caller, request.argument(0) + there * sizeof(*row), *row));
        ++there;
    }
    return Answer::of(there);
}

} // namespace call
