// Processes of ExOS, as services/calls asks for them.
// SPDX-License-Identifier: MIT
//
// Before: services/calls (fork, exec, exit, fault handlers), by call::ThreadsOf, in the process
// that it is about: only a new child is acted on by another, its parent (fork.cpp). Next:
// primitives.
#include "processes.hpp"

#include "console.hpp"
#include "critical.hpp"
#include "fork.hpp"
#include "libos.hpp"
#include "primitives.hpp"

#include "lib/panic.hpp"
#include "lib/print.hpp"
#include "user/lib/calls.hpp"

#include <algorithm>

void name_environment(std::string_view name) {
    abi::exo::EnvironmentPage& page = environment_page();
    page.name_bytes = std::min(name.size(), page.name.size());
    std::copy_n(name.begin(), page.name_bytes, page.name.begin());
}

void note_memory() {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : libos.memory.faults())
        sum += count;
    this_process().faults = sum;
    this_process().resident_pages = libos.memory.resident();
}

Process& Threads::at(unix::ProcessIndex index) const { return shared.processes[index.number()]; }

Result<void> Threads::create(unix::ProcessIndex index) const {
    Process& process = at(index);
    process = Process{};
    process.number = index;
    process.id = shared.system.id(index);
    shared.killed[index.number()] = 0;
    return {};
}

void Threads::copy(const Process& parent, Process& child, vm::SpaceId space) const {
    child.space = space;
    if (const auto group = shared.turns.group_of(parent.index()))
        shared.turns.join(*group, child.index());
    hand_child_to(child.index());
}

void Threads::start(Process& process) const {
    if (process.index() != libos.self)
        MUST(primitive::start(slots::ENVIRONMENTS + process.index().number())); // handed over
}

// Its call returns into the new program.
void Threads::enter(Process& process, vm::SpaceId space, const exec::Start& start) const {
    libos.memory.translations.enter(space);
    process.space = space;
    name_environment(shared.system.name(process.index()));
    call_context = {};
    call_context.words[0] = start.a0;
    call_context.a1 = start.a1;
    call_context.a2 = start.a2;
    call_context.ra = start.pc.raw();
    call_context.sp = start.stack.raw();
}

void Threads::leave_space(Process& process) const {
    libos.memory.translations.leave();
    libos.memory.frames.end();
    process.space.reset();
}

// An exception's registers lie in the environment page, all of them (entry.S).
void Threads::save(const Process&, abi::FaultContext& context) const {
    context.pc = environment_page().save.pc;
    context.registers = environment_page().save.registers;
}

// After an exception they are in force next; after a call instead of the caller's.
void Threads::restore(Process&, const abi::FaultContext& context) const {
    abi::exo::SaveArea& save = environment_page().save;
    if (save.in_use == 0)
        call_context.resumes = 1;
    save.pc = context.pc;
    save.registers = context.registers;
}

void Threads::yield(Process&) const { yield_slice(); }

void Threads::set_tickets(Process& process, sched::Tickets tickets) const {
    shared.turns.set_tickets(process.index(), tickets);
}

// All that run in the process's group (of UNIX) are members.
Result<void> Threads::schedule_group(Process& process, abi::Scheduling scheduling) const {
    const GroupNumber group = TRY(shared.turns.create(
        scheduling == abi::Scheduling::stride ? sched::Kind::stride : sched::Kind::round_robin));
    const unix::GroupId its = shared.system.group(process.index());
    for (std::size_t number = 0; number < unix::PROCESSES; ++number) {
        const unix::ProcessIndex index(number);
        if (!shared.system.is_alive(index) || shared.system.group(index) != its)
            continue;
        shared.turns.leave_for(index, group);
        shared.turns.set_ready(index, !at(index).waits);
    }
    return {};
}

void Threads::describe(unix::ProcessIndex index, abi::ProcessInfo& row) const {
    Process& process = at(index);
    if (index == libos.self)
        note_memory();
    row.faults = process.faults;
    row.resident_pages = process.resident_pages;
    row.ticks = process.ticks;
    if (row.state == abi::ProcessState::ended)
        return;
    if (index == libos.self)
        row.state = abi::ProcessState::running;
    else if (process.waits)
        row.state = abi::ProcessState::asleep;
}

// The kernel takes all that the environment has.
void Threads::finish(Process& process) const {
    note_memory();
    shared.counters_of_ended.add(libos.memory.counters());
    shared.ended += 1;
    shared.turns.leave(process.index());
    // While it is inside, since nobody else makes the slot empty for a process that UNIX knows to
    // have ended.
    static_cast<void>(primitive::unbind(slots::ENVIRONMENTS + process.index().number()));
    shared.inside = 0;
    MUST(primitive::tell_end(abi::exo::SELF, abi::exo::NONE)); // UNIX knows
    primitive::exit(0);
}

void Threads::end_system(unix::ExitStatus status) const {
    const Result<void> stored = libos.private_memory.write_back(); // pages of mapped files
    const Result<void> written = shared.files.checkpoint();
    Console output;
    if (!stored || !written)
        print(output, "the disk failed: what was written last is lost\n");
    if (status == unix::ExitStatus::fault())
        primitive::end_by_fault();
    primitive::exit(status.raw());
}

std::uint64_t Threads::now() const { return read_time(); }

std::uint64_t Threads::deadline_in(std::uint64_t ticks) const {
    const std::uint64_t present = read_time();
    return ticks < ~present ? present + ticks : ~0ULL;
}

std::uint64_t Threads::switches() const { return shared.switches; }

// A broken invariant of the library's own. Outside of what processes share it ends its process as
// any error of a program's does; inside, nothing of ExOS is asked any more.
void panic(std::string_view why) {
    if (critical == 0) {
        os_write(2, why.data(), why.size());
        os_exit(-1);
    }
    Console output;
    print(output, "ExOS: ", why, " (process ", this_process().id.raw(), ")\n");
    primitive::exit(~0ULL);
}
