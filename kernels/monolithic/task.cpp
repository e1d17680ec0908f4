// Processes as threads: their stacks, registers and spaces.
// SPDX-License-Identifier: MIT
//
// A new process's kernel stack is laid out so that the scheduler's first switch to it "returns"
// through first_return (entry.S) into the program. Before: services/calls (fork, exec, exit, fault
// handlers), by call::ThreadsOf.
#include "task.hpp"

#include "kernel.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/kernel_map.hpp"
#include "arch/riscv/kernel_stack_area.hpp"
#include "arch/riscv/machine.hpp"
#include "lib/print.hpp"
#include "services/calls/lives.hpp"

extern "C" void first_return(); // entry.S

namespace {

static_assert(unix::PROCESSES <= KERNEL_STACK_COUNT);

// No program's; what a process runs in whose own is gone.
void enter_kernel_space() { csr::write_satp(kernel_root(), sv39::Asid(0)); }

} // namespace

Result<void> place_kernel_stacks(Frames& frames) {
    Frame next = TRY(frames.take_range(unix::PROCESSES * KERNEL_STACK_PAGES)).first;
    for (unsigned index = 0; index < unix::PROCESSES; ++index) {
        KernelStackFrames stack;
        for (Frame& frame : stack)
            frame = std::exchange(next, next + 1);
        TRY(map_kernel_stack(index, stack));
    }
    return {};
}

void enter_space_of(const Process& process) {
    if (process.space) [[likely]]
        kernel.memory.translations[*process.space].enter();
    else
        enter_kernel_space();
}

void end_killed(Process& process) {
    call::end_killed(process);
    panic("a process that had ended went on"); // Threads::finish does not return
}

Process& Threads::at(unix::ProcessIndex index) const { return kernel.processes[index.number()]; }

Result<void> Threads::create(unix::ProcessIndex index) const {
    Process& process = at(index);
    process.client = sched::Client(index.number());
    process.is_process = true;
    process.id = kernel.system.id(index);
    process.faults = 0;
    process.ticks = 0;
    const KernelStackPlace stack(static_cast<unsigned>(index.number()));
    process.frame = &stack.top_frame<TrapFrame>();
    process.frame->hart = &kernel.hart;
    process.context.ra = reinterpret_cast<std::uint64_t>(first_return);
    process.context.sp = reinterpret_cast<std::uint64_t>(process.frame);
    return {};
}

void Threads::copy(const Process& parent, Process& child, vm::SpaceId space) const {
    child.space = space;
    child.frame->pc = parent.frame->pc;
    child.frame->saved = parent.frame->saved;
    child.frame->x(reg::A0) = 0;
}

void Threads::start(Process& process) const { start_thread(process); }

void Threads::enter(Process& process, vm::SpaceId space, const exec::Start& start) const {
    process.space = space;
    enter_space_of(process);
    TrapFrame& frame = *process.frame;
    frame.saved = {};
    frame.pc = start.pc.raw();
    frame.x(reg::SP) = start.stack.raw();
    frame.x(reg::A0) = start.a0;
    frame.x(reg::A1) = start.a1;
    frame.x(reg::A2) = start.a2;
}

void Threads::leave_space(Process& process) const {
    process.space.reset();
    enter_kernel_space();
}

void Threads::save(const Process& process, abi::FaultContext& context) const {
    context.pc = process.frame->pc;
    context.registers = process.frame->saved;
}

void Threads::restore(Process& process, const abi::FaultContext& context) const {
    process.frame->pc = context.pc;
    process.frame->saved = context.registers;
}

void Threads::set_tickets(Process& process, sched::Tickets tickets) const {
    kernel.scheduler.set_tickets(process.client, tickets);
}

void Threads::describe(unix::ProcessIndex index, abi::ProcessInfo& row) const {
    const Process& process = at(index);
    row.faults = process.faults;
    row.ticks = process.ticks;
    if (row.state == abi::ProcessState::ended)
        return;
    if (process.state == Thread::State::running)
        row.state = abi::ProcessState::running;
    else if (process.state == Thread::State::asleep)
        row.state = abi::ProcessState::asleep;
}

void Threads::finish(Process& process) const {
    process.must_end = false; // nobody kills it any more
    leave_processor();
}

void Threads::end_system(unix::ExitStatus status) const {
    Console console;
    const Result<void> stored = kernel.shared_memory.write_back(); // pages of mapped files
    const Result<void> written = kernel.files.checkpoint();
    if (!stored || !written)
        print(console, "the disk failed: what was written last is lost\n");
    end_machine(status == unix::ExitStatus::fault() ? machine_exit::PROGRAM_FAULT
                                                    : machine_exit::of_program(status.raw()));
}

std::uint64_t Threads::switches() const { return kernel.context_switches; }
