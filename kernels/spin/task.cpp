// Strands: how they begin, how the first program is loaded, and how one ends.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp, or an extension. A program's strand has its kernel stack laid
// out so that the first switch to it "returns" through trap_return (entry.S) into the program.
#include "task.hpp"

#include "authority.hpp"
#include "kernel.hpp"
#include "schedule.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/kernel_stack_area.hpp"
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
    strand.frame->pc = LIBRARY_BASE;
    strand.frame->x(reg::A0) = program_entry.raw();
    strand.frame->x(reg::SP) = slot.raw() + STACK_END;
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

// Where a strand without a program begins, on its own stack.
[[noreturn]] void begin_body() {
    running_strand().body();
    end_program(0);
}

Result<Strand*> free_strand(Quota* payer, std::string_view name) {
    for (Strand& strand : kernel.strands)
        if (strand.state == Strand::State::unused && &strand != &running_strand()) {
            strand.begin(static_cast<unsigned>(&strand - kernel.strands.data()), payer, name);
            return &strand;
        }
    return std::unexpected(Error::too_many);
}

// The value of STEP; if it failed, says which file it was about, and ends the machine.
template <class R>
auto loaded_or_end(const R& step, std::string_view directory, std::string_view file) {
    if (!step) {
        Console console;
        exec::report_no_start(console, kernel.program->name, directory, file, step.error());
        end_machine(machine_exit::CANNOT_LOAD);
    }
    return *step;
}

} // namespace

KernelContext at_trap_return(const Strand& strand) {
    KernelContext context;
    context.ra = reinterpret_cast<std::uint64_t>(trap_return);
    context.sp = reinterpret_cast<std::uint64_t>(strand.frame);
    return context;
}

void begin_program(Strand& strand) {
    const KernelContext program = at_trap_return(strand);
    switch_context(strand.context, program);
    panic("a program that began came back");
}

void Strand::begin(unsigned number, Quota* its_payer, std::string_view its_name) {
    reference = {number, reference.generation()};
    name = its_name;
    payer = its_payer;
    frame = &KernelStackPlace(number).top_frame<TrapFrame>();
    *frame = TrapFrame{};
    frame->hart = &kernel.hart;
    context = KernelContext();
    context.sp = reinterpret_cast<std::uint64_t>(frame);
}

void Strand::free() {
    const spin::StrandReference next(reference.number(), reference.generation() + 1);
    if (space != nullptr)
        space->strands -= 1;
    *this = Strand();
    reference = next;
}

Result<void> place_kernel_stacks() {
    for (unsigned index = 0; index < STRANDS; ++index) {
        KernelStackFrames frames;
        for (Frame& frame : frames)
            frame = TRY(kernel.memory.take_zeroed(nullptr));
        TRY(map_kernel_stack(index, frames));
    }
    return {};
}

Result<Strand*> create_strand(Quota* payer, std::string_view name, void (*body)()) {
    Strand& strand = *TRY(free_strand(payer, name));
    strand.body = body;
    strand.context.ra = reinterpret_cast<std::uint64_t>(begin_body);
    make_ready(strand);
    return &strand;
}

Result<Strand*> create_program_strand(Quota* payer, std::string_view name, Space& space) {
    Strand& strand = *TRY(free_strand(payer, name));
    strand.state = Strand::State::blocked;
    strand.space = &space;
    space.strands += 1;
    strand.context = at_trap_return(strand);
    return &strand;
}

spin::Program load_first_strand() {
    const std::string_view name = argument(kernel.boot.arguments, "program");
    // The first space, and the first strand: there is room.
    Space& space = *MUST(create_space(nullptr));
    Strand& strand = *MUST(create_program_strand(nullptr, name, space));
    kernel.program = &strand;
    loaded_or_end(load_library(strand), "lib/spin", "library");
    const spin::Program program = loaded_or_end(load_program(strand), "bin", strand.name);
    csr::fence_instructions(); // code was stored, and will be fetched
    return program;
}

void end_program(std::uint8_t code) {
    Strand& strand = running_strand();
    if (&strand == kernel.program)
        end_machine(code);
    strand.free();
    leave_processor();
}

void end_by_fault(const Strand& strand, const Fault& fault, Error why) {
    Console console;
    exec::report_fault(console, strand.name, fault, why);
    end_program(machine_exit::PROGRAM_FAULT);
}

void end_by_exception(const Strand& strand, std::uint64_t cause, std::uint64_t value, VirtAddr pc) {
    Console console;
    exec::report_exception(console, strand.name, exception::in_words(cause), pc, value);
    end_program(machine_exit::PROGRAM_FAULT);
}

extern "C" {

Result<spin::StrandReference> strand_create(spin::FrameQuota quota, void (*body)()) {
    Quota* const payer = TRY(find_quota(quota));
    const Extension* const domain = extension_at(VirtAddr(reinterpret_cast<std::uint64_t>(body)));
    if (domain == nullptr)
        return std::unexpected(Error::invalid);
    return TRY(create_strand(payer, domain->name(), body))->reference;
}

Result<spin::StrandReference> strand_create_program(spin::FrameQuota quota, std::string_view name,
                                                    spin::TranslationContext context,
                                                    const spin::Registers& registers) {
    Quota* const payer = TRY(find_quota(quota));
    Space& space = *TRY(find_space(context));
    Strand& strand = *TRY(create_program_strand(payer, name, space));
    strand.frame->pc = registers.pc;
    strand.frame->saved = registers.saved;
    make_ready(strand);
    return strand.reference;
}

Result<spin::Registers> strand_registers(spin::StrandReference reference) {
    const Strand& strand = *TRY(find_strand(reference));
    if (strand.space == nullptr)
        return std::unexpected(Error::not_permitted);
    return spin::Registers{.pc = strand.frame->pc, .saved = strand.frame->saved};
}

Result<void> strand_enter(spin::TranslationContext context, const spin::Registers& registers) {
    Space& space = *TRY(find_space(context));
    Strand& strand = running_strand();
    if (strand.space == nullptr)
        return std::unexpected(Error::not_permitted);
    strand.space->strands -= 1;
    space.strands += 1;
    strand.space = &space;
    strand.frame->pc = registers.pc;
    strand.frame->saved = registers.saved;
    space.enter();
    begin_program(strand);
}

void strand_exit() { end_program(0); }

Result<void> strand_install(spin::StrandReference reference, const spin::StrandHandlers& handlers) {
    Strand& strand = *TRY(find_strand(reference));
    for (const spin::StrandHandler handler :
         {handlers.block, handlers.unblock, handlers.checkpoint, handlers.resume})
        if (handler != nullptr &&
            extension_at(VirtAddr(reinterpret_cast<std::uint64_t>(handler))) == nullptr)
            return std::unexpected(Error::invalid);
    strand.handlers = handlers;
    return {};
}

} // extern "C"
