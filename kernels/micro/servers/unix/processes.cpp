// Processes as threads: their registers and spaces.
// SPDX-License-Identifier: MIT
//
// Before: services/calls (fork, exec, exit, fault handlers), by call::ThreadsOf. Next: the kernel's
// threads, by capabilities that UNIX has had since it made them: what they are good for cannot
// fail.
#include "kernels/micro/servers/unix/personality.hpp"

#include "abi/machine_exit.hpp"
#include "lib/panic.hpp"
#include "lib/print.hpp"

namespace {

constexpr std::size_t SP = 1; // in micro::ThreadContext::registers: x2
constexpr std::size_t A0 = 9; // x10

micro::CapSlot thread_of(unix::ProcessIndex index) {
    return micro::CapSlot(FIRST_THREAD + index.number());
}

// PROCESS's program runs in SPACE from now on, and goes by its name in UNIX.
void move_into(Process& process, vm::SpaceId space) {
    const micro::CapSlot thread = thread_of(process.number);
    process.space = space;
    personality.by_space[space.raw()] = process.number;
    MUST(micro::set_space(thread, personality.memory.slot_of(space)));
    micro::name_thread(thread, personality.system.name(process.number));
}

void join(Process& process, sched::Group group) {
    const sched::Client client(process.number.number());
    if (personality.scheduler.adopt(group, thread_of(process.number), client, process.tickets))
        process.group = group;
}

sched::Kind kind_of(abi::Scheduling scheduling) {
    return scheduling == abi::Scheduling::stride ? sched::Kind::stride : sched::Kind::round_robin;
}

// Wherever PROCESS's thread is, it is there no more.
void end_thread(Process& process) {
    if (!process.has_thread)
        return;
    const micro::CapSlot thread = thread_of(process.number);
    const micro::ThreadUse use = MUST(micro::describe_thread(thread));
    personality.ended[process.number.number()] = {.faults = use.faults, .ticks = use.ticks};
    micro::destroy_thread(thread);
    if (process.group)
        personality.scheduler.leave(sched::Client(process.number.number()));
    process.group.reset();
    stop_waiting(process);
    process.has_thread = false;
    process.goes_on_with.reset();
    personality.runs.remove(process.number);
}

} // namespace

void go_on(Process& process) {
    MUST(micro::write_registers(thread_of(process.number), *process.goes_on_with));
    process.goes_on_with.reset();
}

// Its ecall is executed once more. So a long request is served in the turns of who makes it, and by
// pieces, though servers come before programs.
void call_again(Process& process) {
    constexpr std::uint64_t ECALL_BYTES = 4;
    process.goes_on_with = MUST(micro::read_registers(thread_of(process.number)));
    process.goes_on_with->pc -= ECALL_BYTES;
    auto& registers = process.goes_on_with->registers;
    registers[A0] = CALL_AGAIN;
    registers[A0 + 6] = abi::micro::HANDLER.raw();
    registers[A0 + 7] =
        static_cast<std::uint64_t>(micro::Operation::call) | abi::micro::SYSTEM_CALL;
    go_on(process);
}

Process& Threads::at(unix::ProcessIndex index) const { return process_at(index); }

Result<void> Threads::create(unix::ProcessIndex index) const {
    TRY(micro::create_thread(thread_of(index), index.number(), micro::priority::USUAL));
    Process& process = at(index);
    process = Process{};
    process.number = index;
    process.id = personality.system.id(index);
    process.has_thread = true;
    if (personality.group && index == unix::Processes::FIRST)
        join(process, *personality.group);
    return {};
}

void Threads::copy(const Process& parent, Process& child, vm::SpaceId space) const {
    move_into(child, space);
    child.goes_on_with = MUST(micro::read_registers(thread_of(parent.number)));
    child.goes_on_with->registers[A0] = 0;
    if (parent.group)
        join(child, *parent.group);
}

void Threads::start(Process& process) const {
    personality.runs.add(process.number);
    go_on(process);
}

// The old space is there until the thread runs in the new one.
void Threads::enter(Process& process, vm::SpaceId space, const exec::Start& start) const {
    move_into(process, space);
    micro::ThreadContext& context = process.goes_on_with.emplace();
    context.pc = start.pc.raw();
    context.registers[SP] = start.stack.raw();
    context.registers[A0] = start.a0;
    context.registers[A0 + 1] = start.a1;
    context.registers[A0 + 2] = start.a2;
}

// A thread without a space would fault as soon as it ran, so it ends here already.
void Threads::leave_space(Process& process) const {
    end_thread(process);
    process.space.reset();
}

void Threads::save(const Process& process, abi::FaultContext& context) const {
    const micro::ThreadContext now = MUST(micro::read_registers(thread_of(process.number)));
    context.pc = now.pc;
    context.registers = now.registers;
}

void Threads::restore(Process& process, const abi::FaultContext& context) const {
    process.goes_on_with = {.pc = context.pc, .registers = context.registers};
}

// Its answer puts it at the end of the line.
void Threads::yield(Process&) const {
    personality.gives_way = true;
    personality.has_more_to_do = true;
}

void Threads::set_tickets(Process& process, sched::Tickets tickets) const {
    process.tickets = tickets;
    if (process.group)
        personality.scheduler.set_tickets(sched::Client(process.number.number()), tickets);
}

Result<void> Threads::schedule_group(Process& process, abi::Scheduling scheduling) const {
    const sched::Group group = TRY(personality.scheduler.create(kind_of(scheduling)));
    const unix::GroupId its = personality.system.group(process.number);
    for (std::size_t number = 0; number < unix::PROCESSES; ++number) {
        const unix::ProcessIndex index(number);
        if (personality.system.is_alive(index) && personality.system.group(index) == its)
            join(at(index), group);
    }
    return {};
}

void Threads::describe(unix::ProcessIndex index, abi::ProcessInfo& row) const {
    if (row.state == abi::ProcessState::ended) {
        row.faults = personality.ended[index.number()].faults;
        row.ticks = personality.ended[index.number()].ticks;
        return;
    }
    const micro::ThreadUse use = MUST(micro::describe_thread(thread_of(index)));
    row.faults = use.faults;
    row.ticks = use.ticks;
    const std::optional<unix::Event> waits_for = at(index).waits_for;
    if (index == personality.served)
        row.state = abi::ProcessState::running;
    else if (waits_for && *waits_for != unix::Event::turn())
        row.state = abi::ProcessState::asleep;
}

void Threads::finish(Process& process) const {
    end_thread(process);
    personality.must_end.remove(process.number); // nobody kills it any more
    personality.has_more_to_do = true;           // perhaps nobody is left
}

void Threads::end_system(unix::ExitStatus status) const {
    UnixConsole console;
    const Result<void> stored = personality.memory.write_back(); // pages of mapped files
    const Result<void> written = personality.files.checkpoint();
    if (!stored || !written) // the disk, or the server that has failed before it
        print(console,
              "what was written last is lost: ", to_words((stored ? written : stored).error()),
              "\n");
    end_machine(status == unix::ExitStatus::fault() ? machine_exit::PROGRAM_FAULT
                                                    : machine_exit::of_program(status.raw()));
}

std::uint64_t Threads::deadline_in(std::uint64_t ticks) const {
    const std::uint64_t present = now();
    return ticks < Sleepers::NEVER - present ? present + ticks : Sleepers::NEVER;
}
