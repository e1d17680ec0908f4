// Processes: how the first one starts, how they multiply, and how one ends.
// SPDX-License-Identifier: MIT
//
// A new process's kernel stack is laid out so that the scheduler's first switch to it "returns"
// through first_return (entry.S) into the program. Before: boot.cpp (process 1),
// calls/processes.cpp.
#include "task.hpp"

#include "ipc.hpp"
#include "memory.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/kernel_map.hpp"
#include "arch/riscv/kernel_stack_area.hpp"
#include "arch/riscv/machine.hpp"
#include "services/exec/report.hpp"

extern "C" void first_return(); // entry.S

namespace {

static_assert(unix::PROCESSES <= KERNEL_STACK_COUNT);

// Makes PROCESS a thread that begins with its program's registers, once they are set.
void prepare_thread(Process& process, unix::ProcessIndex index) {
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
}

// CHILD's space becomes a copy of PARENT's. no_memory, too_many.
Result<void> copy_space(const Process& parent, Process& child) {
    const Holding memory(kernel.memory_lock);
    Translations& tables = kernel.memory.translations;
    TRY(kernel.memory.make_room(tables[parent.space].tables()));
    child.space = TRY(kernel.memory.create());
    Result<void> copied = tables[child.space].begin(child.space, kernel.memory.frames);
    if (copied)
        copied = kernel.memory.fork(parent.space, child.space);
    if (!copied)
        discard_space(child.space);
    return copied;
}

// The machine was asked to run process 1, and is done.
[[noreturn]] void end_with_first_process(unix::ExitStatus status) {
    Console console;
    const Holding memory(kernel.memory_lock);
    const Result<void> stored = kernel.memory.write_back(); // what lies in pages of mapped files
    const Holding files(kernel.files_lock);
    const Result<void> written = kernel.file_system.checkpoint();
    if (!stored || !written)
        print(console, "the disk failed: what was written last is lost\n");
    end_machine(status == unix::ExitStatus::fault() ? machine_exit::PROGRAM_FAULT
                                                    : machine_exit::of_program(status.raw()));
}

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
    if (process.has_space) [[likely]]
        kernel.memory.translations[process.space].enter();
    else
        enter_kernel_space();
}

Result<unix::ProcessId> fork_process(Process& parent) {
    const unix::ProcessIndex index = TRY(kernel.system.fork(parent.index()));
    Process& child = kernel.processes[index.number()];
    const Result<void> copied = copy_space(parent, child);
    if (!copied) {
        kernel.system.abandon(index);
        return std::unexpected(copied.error());
    }
    prepare_thread(child, index);
    child.has_space = true;
    child.frame->pc = parent.frame->pc;
    child.frame->saved = parent.frame->saved;
    child.frame->x(reg::A0) = 0;
    kernel.system.launch(index);
    start_thread(child);
    return child.id;
}

Result<unix::EndedChild> wait_for_child(Process& parent) {
    return repeat_until_possible(parent, [&] { return kernel.system.wait(parent.index()); });
}

// The memory goes first: once its parent knows, the process's place in the tables may be taken
// again, though this is still its stack. Nothing below `exit` waits.
void end_process(Process& process, unix::ExitStatus status) {
    if (process.index() == unix::Processes::FIRST)
        end_with_first_process(status);
    process.has_space = false;
    enter_kernel_space();
    give_up_space(process.space);
    kernel.system.exit(process.index(), status);
    process.must_end = false; // nobody kills it any more
    leave_processor();
}

void end_killed(Process& process) { end_process(process, *kernel.system.killed(process.index())); }

Result<void> start_first_process(std::string_view path, FirstDescriptors descriptors) {
    const unix::ProcessIndex index = kernel.system.start(path);
    Process& process = kernel.processes[index.number()];
    prepare_thread(process, index);
    TRY(exec_program(process, path));
    if (descriptors == FirstDescriptors::console) {
        const unix::Descriptor input = TRY(kernel.system.open_terminal(index));
        for (int i = 0; i < 2; ++i) // output, error
            TRY(kernel.system.dup(index, input));
    }
    start_thread(process);
    return {};
}
