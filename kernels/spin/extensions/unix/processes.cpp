// Processes as strands: their registers and spaces.
// SPDX-License-Identifier: MIT
//
// Before: services/calls (fork, exec, exit, fault handlers), by call::ThreadsOf. Next: the kernel's
// Strand, by its interface. A reference to a process's strand is good until it has ended, so what
// the kernel answers about one is no error.
#include "kernels/spin/extensions/unix/personality.hpp"

#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"

#include "lib/panic.hpp"

namespace {

constexpr std::size_t SP = 1; // in spin::Registers::saved: x2
constexpr std::size_t A0 = 9; // x10

// PROCESS's program runs in SPACE from now on.
void move_into(Process& process, vm::SpaceId space) {
    const spin::TranslationContext context = pager::context(space);
    process.space = space;
    personality.by_space[context.number()] = static_cast<std::uint8_t>(process.strand.number());
    install_handlers(context);
    MUST(strand_set_space(process.strand, context));
}

sched::Kind kind_of(abi::Scheduling scheduling) {
    return scheduling == abi::Scheduling::stride ? sched::Kind::stride : sched::Kind::round_robin;
}

} // namespace

Process& Threads::at(unix::ProcessIndex index) const { return process_at(index); }

Result<void> Threads::create(unix::ProcessIndex index) const {
    const spin::StrandReference strand = TRY(strand_create_program(personality.quota));
    personality.by_index[index.number()] = static_cast<std::uint8_t>(strand.number());
    Process& process = at(index);
    process = Process{};
    process.number = index;
    process.id = personality.system.id(index);
    process.strand = strand;
    MUST(strand_install_notice(strand, heed_kill));
    if (personality.group && index == unix::Processes::FIRST)
        MUST(scheduler::adopt(*personality.group, strand, process.tickets));
    return {};
}

void Threads::copy(const Process& parent, Process& child, vm::SpaceId space) const {
    move_into(child, space);
    MUST(strand_set_name(child.strand, personality.system.name(parent.number)));
    spin::Registers registers = MUST(strand_registers(parent.strand));
    registers.saved[A0] = 0;
    MUST(strand_set_registers(child.strand, registers));
    if (const std::optional<scheduler::Group> group = scheduler::group_of(parent.strand))
        MUST(scheduler::adopt(*group, child.strand, child.tickets));
}

void Threads::start(Process& process) const { MUST(strand_unblock(process.strand)); }

void Threads::enter(Process& process, vm::SpaceId space, const exec::Start& start) const {
    move_into(process, space);
    MUST(strand_set_name(process.strand, personality.system.name(process.number)));
    spin::Registers registers{.pc = start.pc.raw(), .saved = {}};
    registers.saved[SP] = start.stack.raw();
    registers.saved[A0] = start.a0;
    registers.saved[A0 + 1] = start.a1;
    registers.saved[A0 + 2] = start.a2;
    MUST(strand_set_registers(process.strand, registers));
}

void Threads::leave_space(Process& process) const {
    process.space.reset();
    MUST(strand_leave_space(process.strand));
}

void Threads::save(const Process& process, abi::FaultContext& context) const {
    const spin::Registers registers = MUST(strand_registers(process.strand));
    context.pc = registers.pc;
    context.registers = registers.saved;
}

void Threads::restore(Process& process, const abi::FaultContext& context) const {
    MUST(strand_set_registers(process.strand, {.pc = context.pc, .saved = context.registers}));
}

void Threads::set_tickets(Process& process, sched::Tickets tickets) const {
    process.tickets = tickets;
    scheduler::set_tickets(process.strand, tickets);
}

// Who is asked after has begun and not ended, or is the one that asks.
Result<void> Threads::schedule_group(Process& process, abi::Scheduling scheduling) const {
    const scheduler::Group group = TRY(scheduler::create(kind_of(scheduling)));
    const unix::GroupId its = personality.system.group(process.number);
    for (std::size_t number = 0; number < unix::PROCESSES; ++number) {
        const unix::ProcessIndex index(number);
        if (!personality.system.is_alive(index) || personality.system.group(index) != its)
            continue;
        const Process& member = at(index);
        MUST(scheduler::adopt(group, member.strand, member.tickets));
    }
    return {};
}

// Of one that has ended the strand is gone, or another's.
void Threads::describe(unix::ProcessIndex index, abi::ProcessInfo& row) const {
    if (row.state == abi::ProcessState::ended) {
        row.faults = personality.ended[index.number()].faults;
        row.ticks = personality.ended[index.number()].ticks;
        return;
    }
    const spin::StrandUse use = MUST(strand_use(at(index).strand));
    row.faults = use.faults;
    row.ticks = use.ticks;
    if (use.state == spin::StrandUse::State::running)
        row.state = abi::ProcessState::running;
    else if (use.state == spin::StrandUse::State::blocked &&
             !scheduler::awaits_turn(at(index).strand))
        row.state = abi::ProcessState::asleep;
}

void Threads::finish(Process& process) const {
    process.must_end = false; // nobody kills it any more
    const spin::StrandUse use = MUST(strand_use(process.strand));
    personality.ended[process.number.number()] = {.faults = use.faults, .ticks = use.ticks};
    scheduler::leave(process.strand);
    strand_exit();
}

void Threads::end_system(unix::ExitStatus status) const {
    const Result<void> stored = pager::write_back(); // pages of mapped files
    const Result<void> written = files::checkpoint();
    if (!stored || !written)
        console_write("the disk failed: what was written last is lost\n");
    machine_end(status == unix::ExitStatus::fault() ? machine_exit::PROGRAM_FAULT
                                                    : machine_exit::of_program(status.raw()));
}
