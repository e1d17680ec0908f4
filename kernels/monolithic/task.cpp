// Processes: how the first one starts, and how one ends.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp, with a program's name. Next: the scheduler switches to the
// process, whose kernel stack is laid out so that it "returns" through trap_return (entry.S) into
// the system library.
#include "task.hpp"

#include "kernel.hpp"
#include "schedule.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/machine.hpp"
#include "lib/exception.hpp"
#include "services/exec/images.hpp"
#include "services/exec/loader.hpp"
#include "services/exec/report.hpp"

extern "C" void trap_return(); // entry.S

namespace {

constexpr exec::Slots PROGRAMS{VirtAddr(PROGRAM_SLOTS), SLOT_SIZE, PROGRAM_SLOT_COUNT};

// The loader's view of a process's space.
struct LoadTarget {
    vm::SpaceId space;
    Result<PageBytes> fresh_page(Page page, Rights rights) {
        Frames& frames = kernel.memory.frames;
        const Frame frame = TRY(frames.take_zeroed());
        TRY(kernel.memory.translations[space].install(frames, page, frame,
                                                      sv39::PteFlags::user(rights)));
        return frame_bytes(frame);
    }
};

Bytes initial_ram_disk() { return physical_bytes(kernel.boot.initial_ram_disk); }

Result<void> load_library(Process& process) {
    const Bytes file = TRY(exec::find_image(initial_ram_disk(), "lib/monolithic", "library"));
    LoadTarget target{process.space};
    TRY(exec::load_image(target, file, {VirtAddr(LIBRARY_BASE), SLOT_SIZE}));
    return {};
}

// First entry into user mode: the system library's start, with the program's entry as argument.
void prepare_first_return(Process& process, VirtAddr program_entry, VirtAddr slot) {
    process.frame->pc = LIBRARY_BASE;
    process.frame->x(reg::A0) = program_entry.raw();
    process.frame->x(reg::SP) = slot.raw() + STACK_END;
    process.frame->hart = &kernel.hart;
    process.context.ra = reinterpret_cast<std::uint64_t>(trap_return);
    process.context.sp = reinterpret_cast<std::uint64_t>(process.frame);
}

Result<void> load_program(Process& process) {
    const Bytes file = TRY(exec::find_image(initial_ram_disk(), "bin", process.name));
    const VirtAddr slot = TRY(exec::slot_of(file, PROGRAMS));
    LoadTarget target{process.space};
    const VirtAddr entry = TRY(exec::load_image(target, file, {slot, HEAP_OFFSET}));
    TRY(exec::add_stack(target, slot + STACK_END, STACK_SIZE));
    TRY(kernel.memory.set_heap(process.space, slot + HEAP_OFFSET, slot + HEAP_LIMIT));
    prepare_first_return(process, entry, slot);
    return {};
}

// The value of STEP; if it failed, says which file it was about, and ends the machine.
template <class R>
auto loaded_or_end(const R& step, std::string_view directory, std::string_view file) {
    if (!step) {
        Console console;
        exec::report_no_start(console, kernel.processes[0].name, directory, file, step.error());
        end_machine(machine_exit::CANNOT_LOAD);
    }
    return *step;
}

} // namespace

void start_first_process(std::string_view name) {
    Process& process = kernel.processes[0];
    process.name = name;
    process.is_process = true;
    const FrameRange stack = MUST(kernel.memory.frames.take_range(KERNEL_STACK_SIZE / PAGE_SIZE));
    process.frame = reinterpret_cast<TrapFrame*>(direct_map(stack.end.start()).raw()) - 1;
    // All memory and all spaces are free yet.
    process.space = MUST(kernel.memory.create());
    MUST(kernel.memory.translations[process.space].begin(process.space, kernel.memory.frames));
    loaded_or_end(load_library(process), "lib/monolithic", "library");
    loaded_or_end(load_program(process), "bin", name);
    csr::fence_instructions(); // code was stored, and will be fetched
    start_thread(process);
}

void enter_space_of(const Process& process) { kernel.memory.translations[process.space].enter(); }

void end_process(std::uint64_t status) { end_machine(machine_exit::of_program(status)); }

void end_by_fault(const Process& process, const Fault& fault, Error why) {
    Console console;
    exec::report_fault(console, process.name, fault, why);
    end_machine(machine_exit::PROGRAM_FAULT);
}

void end_by_exception(const Process& process, std::uint64_t cause, std::uint64_t value,
                      VirtAddr pc) {
    Console console;
    exec::report_exception(console, process.name, exception::in_words(cause), pc, value);
    end_machine(machine_exit::PROGRAM_FAULT);
}
