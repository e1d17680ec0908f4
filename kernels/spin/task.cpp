// Strands: how the first program is loaded, and how one ends.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp. Next: the pager is told of the program (extension.cpp), and the
// scheduler switches to the strand, whose kernel stack is laid out so that it "returns" through
// trap_return (entry.S) into the system library.
#include "task.hpp"

#include "kernel.hpp"

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

// The loader's view of a program's space. The frames are the kernel's: an extension cannot name
// them.
struct LoadTarget {
    Space& space;
    Result<PageBytes> fresh_page(Page page, Rights rights) {
        const Frame frame = TRY(kernel.memory.take_zeroed(nullptr));
        TRY(space.map(page, frame, rights));
        return frame_bytes(frame);
    }
};

Result<void> load_library(Strand& strand) {
    const Bytes file = TRY(exec::find_image(initial_ram_disk(), "lib/spin", "library"));
    LoadTarget target{*strand.space};
    TRY(exec::load_image(target, file, {VirtAddr(LIBRARY_BASE), SLOT_SIZE}));
    return {};
}

// First entry into user mode: the system library's start, with the program's entry as argument.
void prepare_first_return(Strand& strand, VirtAddr program_entry, VirtAddr slot) {
    strand.stack.frame.pc = LIBRARY_BASE;
    strand.stack.frame.x(reg::A0) = program_entry.raw();
    strand.stack.frame.x(reg::SP) = slot.raw() + STACK_END;
    strand.stack.frame.hart = &kernel.hart;
    strand.context.ra = reinterpret_cast<std::uint64_t>(trap_return);
    strand.context.sp = reinterpret_cast<std::uint64_t>(&strand.stack.frame);
}

Result<spin::Program> load_program(Strand& strand) {
    const Bytes file = TRY(exec::find_image(initial_ram_disk(), "bin", strand.name));
    const VirtAddr slot = TRY(exec::slot_of(file, PROGRAMS));
    LoadTarget target{*strand.space};
    const VirtAddr entry = TRY(exec::load_image(target, file, {slot, HEAP_OFFSET}));
    TRY(exec::add_stack(target, slot + STACK_END, STACK_SIZE));
    prepare_first_return(strand, entry, slot);
    return spin::Program{strand.space->reference(), slot + HEAP_OFFSET, slot + HEAP_LIMIT};
}

// The value of STEP; if it failed, says which file it was about, and ends the machine.
template <class R>
auto loaded_or_end(const R& step, std::string_view directory, std::string_view file) {
    if (!step) {
        Console console;
        exec::report_no_start(console, kernel.program.name, directory, file, step.error());
        end_machine(machine_exit::CANNOT_LOAD);
    }
    return *step;
}

} // namespace

spin::Program load_first_strand() {
    Strand& strand = kernel.program;
    strand.space = MUST(create_space(nullptr)); // nearly all memory is free
    loaded_or_end(load_library(strand), "lib/spin", "library");
    const spin::Program program = loaded_or_end(load_program(strand), "bin", strand.name);
    csr::fence_instructions(); // code was stored, and will be fetched
    strand.state = Strand::State::runnable;
    return program;
}

void end_program(std::uint64_t status) { end_machine(machine_exit::of_program(status)); }

void end_by_fault(const Strand& strand, const Fault& fault, Error why) {
    Console console;
    exec::report_fault(console, strand.name, fault, why);
    end_machine(machine_exit::PROGRAM_FAULT);
}

void end_by_exception(const Strand& strand, std::uint64_t cause, std::uint64_t value, VirtAddr pc) {
    Console console;
    exec::report_exception(console, strand.name, exception::in_words(cause), pc, value);
    end_machine(machine_exit::PROGRAM_FAULT);
}
