// Calls that only look: time, counters, processes.
// SPDX-License-Identifier: MIT
#include "calls.hpp"

#include "kernels/monolithic/kernel.hpp"

#include "abi/calls/processes.hpp"

#include <algorithm>

namespace {

abi::Statistics statistics_now() {
    const vm::Statistics memory = kernel.memory.statistics();
    const fs::Counts files = kernel.file_system.counts();
    const unix::Counts system = kernel.system.counts();
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
        .context_switches = kernel.context_switches,
        .page_nodes = memory.nodes - memory.free_nodes,
    };
}

abi::ProcessState state_of(const Process& process, abi::ProcessState known) {
    if (known == abi::ProcessState::ended)
        return known;
    if (process.state == Thread::State::running)
        return abi::ProcessState::running;
    return process.state == Thread::State::asleep ? abi::ProcessState::asleep : known;
}

// What services/unix knows of PROCESS, and what the kernel does.
std::optional<abi::ProcessInfo> row_of(const Process& process, unix::ProcessIndex index) {
    std::optional<abi::ProcessInfo> row = kernel.system.info(index);
    if (!row)
        return row;
    row->state = state_of(process, row->state);
    row->resident_pages = process.has_space ? kernel.memory.resident_pages(process.space) : 0;
    row->faults = process.faults;
    row->ticks = process.ticks;
    return row;
}

} // namespace

namespace call {

Answer unknown(Process&, Arguments) { return std::unexpected(Error::invalid); }

Answer uptime(Process&, Arguments) { return timer::now(); }

// As much of the table as the program has room for, so that it may grow at its end.
Answer statistics(Process& process, Arguments arguments) {
    const abi::Statistics now = statistics_now();
    const Bytes bytes = std::as_bytes(std::span(&now, 1));
    const std::uint64_t count = std::min<std::uint64_t>(arguments[1], bytes.size());
    TRY(copy_out(process.space, VirtAddr(arguments[0]), bytes.first(count)));
    return 0;
}

Answer processes(Process& process, Arguments arguments) {
    std::uint64_t there = 0;
    for (std::size_t i = 0; i < kernel.processes.size(); ++i) {
        const auto row = row_of(kernel.processes[i], unix::ProcessIndex(i));
        if (!row)
            continue;
        if (there < arguments[1])
            TRY(write_out(process, arguments[0] + there * sizeof(*row), *row));
        ++there;
    }
    return there;
}

} // namespace call
