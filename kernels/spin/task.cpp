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
#include "services/exec/boot_loader.hpp"

extern "C" void trap_return(); // entry.S

namespace {

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

// First entry into user mode: the system library's start, with the program's entry as argument.
void prepare_first_return(Strand& strand, const exec::WiredImage& program) {
    strand.frame->pc = LIBRARY_BASE;
    strand.frame->x(reg::A0) = program.entry.raw();
    strand.frame->x(reg::SP) = program.stack_end().raw();
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

// System library and program. What is missing is said, and the machine ends.
exec::WiredImage load_images(const Strand& strand, Space& space) {
    LoadTarget target{space};
    const auto loaded =
        exec::load_first_program(target, {initial_ram_disk(), "lib/spin"}, strand.name);
    if (!loaded) {
        Console console;
        exec::report(console, strand.name, loaded.error());
        end_machine(machine_exit::CANNOT_LOAD);
    }
    return *loaded;
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
    const exec::WiredImage program = load_images(strand, space);
    prepare_first_return(strand, program);
    csr::fence_instructions(); // code was stored, and will be fetched
    return {space.reference(), program.heap_start(), program.heap_limit()};
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
