// Strands: how they begin, how the first program is loaded, and how one ends.
// SPDX-License-Identifier: MIT
//
// Before: kernel_main in boot.cpp, or an extension. A program's strand has its kernel stack laid
// out so that the first switch to it "returns" through first_return (entry.S) into the program.
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

extern "C" void first_return(); // entry.S

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

// invalid: HANDLER is there, and is no code of an extension.
Result<void> check_handler(spin::StrandHandler handler) {
    const VirtAddr code(reinterpret_cast<std::uint64_t>(handler));
    if (handler != nullptr && extension_at(code) == nullptr)
        return std::unexpected(Error::invalid);
    return {};
}

// System library and program. What is missing is said, and the machine ends.
exec::WiredImage load_images(const Strand& strand, Space& space) {
    LoadTarget target{space};
    const auto loaded =
        exec::load_first_program(target, {initial_ram_disk(), "lib/spin"}, strand.name.view());
    if (!loaded) {
        Console console;
        exec::report(console, strand.name.view(), loaded.error());
        end_machine(machine_exit::CANNOT_LOAD);
    }
    return *loaded;
}

} // namespace

KernelContext at_first_return(const Strand& strand) {
    KernelContext context;
    context.ra = reinterpret_cast<std::uint64_t>(first_return);
    context.sp = reinterpret_cast<std::uint64_t>(strand.frame);
    return context;
}

void begin_program(Strand& strand) {
    const KernelContext program = at_first_return(strand);
    switch_context(strand.context, program);
    panic("a program that began came back");
}

void Strand::begin(unsigned number, Quota* its_payer, std::string_view its_name) {
    reference = {number, reference.generation()};
    name = Name(its_name);
    payer = its_payer;
    frame = &KernelStackPlace(number).top_frame<TrapFrame>();
    stack_limit = KernelStackPlace(number).first().start().raw() + KERNEL_STACK_RESERVE;
    *frame = TrapFrame{};
    frame->hart = &kernel.hart;
    context = KernelContext();
    context.sp = reinterpret_cast<std::uint64_t>(frame);
}

void Strand::free() {
    const spin::StrandReference next(reference.number(), reference.generation() + 1);
    TrapFrame* const top = frame; // its stack ends there, as long as it still runs
    kernel.disk.forget(*this);
    set_space(*this, nullptr);
    *this = Strand();
    reference = next;
    frame = top;
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

Result<Strand*> create_program_strand(Quota* payer) {
    Strand& strand = *TRY(free_strand(payer, {}));
    strand.state = Strand::State::blocked;
    strand.context = at_first_return(strand);
    strand.notices = Strand::NOTIFIED; // it has no space
    return &strand;
}

void set_space(Strand& strand, Space* space) {
    if (strand.space != nullptr)
        strand.space->strands -= 1;
    strand.space = space;
    if (space != nullptr)
        space->strands += 1;
}

spin::Program load_first_strand() {
    const std::string_view name = argument(kernel.boot.arguments, "program");
    // The first space, and the first strand: there is room.
    Space& space = *MUST(create_space(nullptr));
    Strand& strand = *MUST(create_program_strand(nullptr));
    strand.name = Name(name);
    set_space(strand, &space);
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
    exec::report_fault(console, strand.name.view(), fault, why);
    end_program(machine_exit::PROGRAM_FAULT);
}

void end_by_exception(const Strand& strand, std::uint64_t cause, std::uint64_t value, VirtAddr pc) {
    Console console;
    exec::report_exception(console, strand.name.view(), exception::in_words(cause), pc, value);
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

Result<spin::StrandReference> strand_create_program(spin::FrameQuota quota) {
    return TRY(create_program_strand(TRY(find_quota(quota))))->reference;
}

Result<void> strand_set_name(spin::StrandReference reference, std::string_view name) {
    TRY(find_strand(reference))->name = Name(name);
    return {};
}

Result<void> strand_set_space(spin::StrandReference reference, spin::TranslationContext context) {
    Strand& strand = *TRY(find_strand(reference));
    set_space(strand, TRY(find_space(context)));
    if (&strand == &running_strand())
        enter_space_of(strand);
    return {};
}

// Whoever lets it go on without a space hears of that where a notice is heeded.
Result<void> strand_leave_space(spin::StrandReference reference) {
    Strand& strand = *TRY(find_strand(reference));
    set_space(strand, nullptr);
    strand.note(Strand::NOTIFIED);
    if (&strand == &running_strand())
        enter_space_of(strand);
    return {};
}

Result<spin::Registers> strand_registers(spin::StrandReference reference) {
    const Strand& strand = *TRY(find_strand(reference));
    return spin::Registers{.pc = strand.frame->pc, .saved = strand.frame->saved};
}

// What was asked of a call that it is in the middle of, its frame does not show any more.
Result<void> strand_set_registers(spin::StrandReference reference,
                                  const spin::Registers& registers) {
    Strand& strand = *TRY(find_strand(reference));
    strand.frame->pc = registers.pc;
    strand.frame->saved = registers.saved;
    strand.is_in_call = false;
    return {};
}

void strand_exit() { end_program(0); }

Result<void> strand_install(spin::StrandReference reference, const spin::StrandHandlers& handlers) {
    Strand& strand = *TRY(find_strand(reference));
    for (const spin::StrandHandler handler :
         {handlers.block, handlers.unblock, handlers.checkpoint, handlers.resume})
        TRY(check_handler(handler));
    strand.handlers = handlers;
    return {};
}

Result<void> strand_install_notice(spin::StrandReference reference, spin::StrandHandler handler) {
    Strand& strand = *TRY(find_strand(reference));
    TRY(check_handler(handler));
    strand.notice = handler;
    return {};
}

} // extern "C"
