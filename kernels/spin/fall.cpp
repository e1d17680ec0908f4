// How an extension goes: because it broke, or on purpose.
// SPDX-License-Identifier: MIT
//
// Before: a trap in the kernel (entry.S), a failed check, or an extension that unloads another
// (modules.cpp). Next: the program that trapped, once more, or whichever strand is ready.
#include "extension.hpp"

#include "authority.hpp"
#include "blame.hpp"
#include "kernel.hpp"
#include "schedule.hpp"
#include "syscall.hpp"

#include "abi/machine_exit.hpp"
#include "arch/riscv/console.hpp"
#include "arch/riscv/kernel_map.hpp"
#include "arch/riscv/kernel_stack_area.hpp"
#include "arch/riscv/machine.hpp"
#include "lib/exception.hpp"
#include "lib/print.hpp"

namespace {

using Slots = std::uint32_t; // a bit each

bool has(Slots slots, const Extension& extension) { return (slots >> slot_of(extension) & 1) != 0; }
// Whether one of them pays as PAYER.
bool has(Slots slots, const Quota* payer) {
    return payer != nullptr && (slots >> (payer - kernel.quotas.data()) & 1) != 0;
}

// SITE is where the strand that runs stands.
const CallSite& site_now_or_then(const Strand& strand, const CallSite& site, CallSite& room) {
    if (&strand == &running_strand())
        return site;
    room = site_of(strand);
    return room;
}

// Who falls with whom: an extension that imports from one that falls has calls that lead nowhere;
// one that stands on the same stack will not see its calls return.
Slots close(Slots falling, const CallSite& site) {
    for (;;) {
        Slots more = falling;
        for (const Strand& strand : kernel.strands) {
            if (strand.state == Strand::State::unused)
                continue;
            CallSite room;
            const Slots there = extensions_on_stack(site_now_or_then(strand, site, room));
            if ((there & more) != 0)
                more |= there;
        }
        for (const Extension& extension : kernel.extensions)
            if ((extension.imports & more) != 0)
                more |= 1U << slot_of(extension);
        if (more == falling)
            return falling;
        falling = more;
    }
}

// STRAND waits for no start any more.
void stop_waiting(const Strand& strand) {
    for (Extension& extension : kernel.extensions)
        if (extension.starter == &strand)
            extension.starter = nullptr;
}

// STRAND is no more; a program is missed in words.
void end_strand(Strand& strand) {
    stop_waiting(strand);
    if (strand.space != nullptr) {
        Console console;
        print(console, "program '", strand.name.view(), "' ended: its extension is gone\n");
        if (&strand == kernel.program)
            end_machine(machine_exit::PROGRAM_FAULT);
    }
    if (strand.state == Strand::State::ready)
        stop(strand);
    strand.free();
}

// What STRAND has called is forgotten: its program executes the instruction again that trapped, and
// the event is raised afresh. Handlers of who fell are not there any more; so it is the default's,
// or another's.
void give_up_stack(Strand& strand) {
    if (strand.space == nullptr) {
        end_strand(strand);
        return;
    }
    stop_waiting(strand);
    kernel.disk.forget(strand);
    take_back_call(strand);
    strand.context = at_first_return(strand);
    if (strand.state == Strand::State::blocked)
        make_ready(strand);
}

void give_up_strands(Slots falling, const CallSite& site) {
    for (Strand& strand : kernel.strands) {
        if (strand.state == Strand::State::unused)
            continue;
        CallSite room;
        const bool was_there =
            (extensions_on_stack(site_now_or_then(strand, site, room)) & falling) != 0;
        const bool is_theirs = has(falling, strand.payer) ||
                               (strand.space != nullptr && has(falling, strand.space->payer()));
        if (is_theirs)
            end_strand(strand);
        else if (was_there)
            give_up_stack(strand);
    }
}

void uninstall_handlers(Strand& strand, const Extension& extension) {
    spin::StrandHandlers& handlers = strand.handlers;
    for (spin::StrandHandler* const handler :
         {&handlers.block, &handlers.unblock, &handlers.checkpoint, &handlers.resume,
          &strand.notice})
        if (extension.has_code_at(VirtAddr(reinterpret_cast<std::uint64_t>(*handler))))
            *handler = nullptr;
}

// What EXTENSION held is free, and its names are nobody's.
void take_down(Extension& extension) {
    Quota& quota = kernel.quotas[slot_of(extension)];
    for (Space& space : kernel.spaces) {
        if (!space.is_used())
            continue;
        space.events.uninstall(extension);
        if (space.payer() == &quota)
            space.end();
        else
            space.unmap_all_of(quota);
    }
    for (Strand& strand : kernel.strands)
        uninstall_handlers(strand, extension);
    kernel.keys.uninstall(extension);
    kernel.frames.give_all(quota);
    if (extension.state == Extension::State::starting && extension.starter != nullptr)
        make_ready(*extension.starter);
    const std::uint32_t generation = extension.generation + 1;
    extension.unload(&quota);
    quota.end();
    new (&extension) Extension(); // in its place, as Domain::unload
    extension.generation = generation;
}

// Whether the strand that runs can go on where it is: its stack did not show them.
enum class Here : std::uint8_t { stands, is_given_up };

Here fall(Slots first, const CallSite& site) {
    csr::write_satp(kernel_root(), sv39::Asid(0)); // spaces may end
    const Slots falling = close(first, site);
    const bool stood_here = (extensions_on_stack(site) & falling) != 0;
    give_up_strands(falling, site);
    for (Extension& extension : kernel.extensions)
        if (extension.state != Extension::State::none && has(falling, extension))
            take_down(extension);
    const Strand& strand = running_strand();
    if (stood_here || strand.state == Strand::State::unused)
        return Here::is_given_up;
    enter_space_of(strand);
    return Here::stands;
}

// The strand that runs is no more: on to another one, from the start of its stack. What stands
// there now may be the stack of traps in the kernel, which the next such trap needs.
[[noreturn]] void leave_from_empty_stack(Strand& strand) {
    KernelContext context;
    context.ra = reinterpret_cast<std::uint64_t>(leave_processor);
    context.sp = end_of_stack(strand).raw();
    switch_context(strand.context, context);
    panic("a strand that had ended came back");
}

// The strand that runs has no calls left: its program goes on, or another strand. It may have been
// waiting for an interrupt, in whose service somebody else's code broke (devices.cpp).
[[noreturn]] void go_on_afresh() {
    Strand& strand = running_strand();
    csr::make_sret_go_to_user(); // what trapped may have been the kernel
    if (&strand == &kernel.boot_strand)
        end_strand(strand);
    if (strand.state == Strand::State::unused)
        leave_from_empty_stack(strand);
    keep_processor();
    enter_space_of(strand);
    begin_program(strand);
}

// EXTENSION broke a rule that the compiler or the machine checks while it runs. The strand that ran
// into it goes on with its program, if that is left.
[[noreturn]] void break_extension(const Extension& extension, std::string_view what, VirtAddr pc,
                                  const CallSite& site) {
    Console console;
    print(console, "extension '", extension.name(), "' broke at pc ", hex(pc), ": ", what, "\n");
    fall(1U << slot_of(extension), site);
    go_on_afresh();
}

} // namespace

void unload_extension(Extension& extension) {
    const VirtAddr here(reinterpret_cast<std::uint64_t>(__builtin_return_address(0)));
    const VirtAddr frame(reinterpret_cast<std::uint64_t>(__builtin_frame_address(0)));
    const CallSite site{here, here, frame, end_of_stack(running_strand())};
    if (fall(1U << slot_of(extension), site) == Here::is_given_up)
        go_on_afresh();
}

namespace {

// WHAT has happened at SITE, and is an extension's doing, if one has called there.
[[noreturn]] void break_innermost(std::string_view what, const CallSite& site) {
    const Extension* const extension = innermost_extension(site);
    if (extension == nullptr)
        panic(what);
    break_extension(*extension, what, site.pc, site);
}

constexpr std::string_view PAST_DEADLINE = "kept the processor past its deadline";
constexpr std::string_view NO_STACK = "used up its stack";

} // namespace

void end_overrun(VirtAddr pc, VirtAddr return_address, VirtAddr frame_pointer) {
    break_innermost(PAST_DEADLINE,
                    {pc, return_address, frame_pointer, end_of_stack(running_strand())});
}

// What entry.S and exports.S call, on the stack for traps from the kernel.
extern "C" {

// The interface's extension_failed: CALLER is in the extension.
[[noreturn]] void extension_has_failed(std::string_view why, VirtAddr caller,
                                       VirtAddr frame_pointer) {
    break_innermost(why, {caller, caller, frame_pointer, end_of_stack(running_strand())});
}

// The procedure that CALLER called has no room on the stack, or CALLER no time.
[[noreturn]] void shut_gate_reached(VirtAddr caller, VirtAddr frame_pointer) {
    const bool is_late = this_spin_hart().deadline.has_passed();
    break_innermost(is_late ? PAST_DEADLINE : NO_STACK,
                    {caller, caller, frame_pointer, end_of_stack(running_strand())});
}

// A trap while the kernel runs. Where an extension called on that stack, it is the extension's
// doing, wherever the pc stands: the kernel's routines believe the pointers that they are handed.
// Else it is the kernel's own broken invariant. After a call of what is no code, of a null pointer
// for instance, the pc is nobody's; whose call it was, RETURN_ADDRESS (ra) tells.
[[noreturn]] void trap_in_kernel(VirtAddr stack, VirtAddr return_address, VirtAddr frame_pointer) {
    const VirtAddr pc(csr::read_sepc());
    const CallSite site{pc, return_address, frame_pointer, end_of_stack(running_strand())};
    const Extension* const extension = innermost_extension(site);
    if (extension == nullptr)
        kernel_trap(stack);
    const std::uint64_t cause = csr::read_scause();
    const bool is_nowhere = cause == exception::FETCH_PAGE_FAULT && !extension->has_code_at(pc);
    const bool is_overflow = kernel_stack_guarded_at(VirtAddr(csr::read_stval())).has_value();
    break_extension(*extension, is_overflow ? NO_STACK : exception::in_words(cause),
                    is_nowhere ? return_address : pc, site);
}

} // extern "C"
