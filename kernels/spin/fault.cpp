// The road of a page fault through the SPIN kernel: an event, raised in one address space.
// SPDX-License-Identifier: MIT
//
// Before: entry.S. Between dispatch and install the extension runs
// (extensions/pager/pager.cpp), with the three middle stages; it comes back into the kernel through
// translation_add_mapping. Next: trap_return in entry.S.
#include "authority.hpp"
#include "schedule.hpp"

#include "arch/riscv/console.hpp"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/upcalls.hpp"
#include "lib/exception.hpp"
#include "lib/print.hpp"

namespace {

using Binding = Events::PageFault::Binding;

// FRAME stands where an extension puts another. What the kernel put there stays.
[[gnu::cold, gnu::noinline]] Result<void> give_up_mapping(Frame frame) {
    FrameRecord* const record = kernel.frames.find(frame);
    if (record == nullptr)
        return std::unexpected(Error::already_mapped);
    record->mappings -= 1;
    return {};
}

} // namespace

extern "C" {

// What happened, and where? The event's arguments, read once.
[[gnu::noipa]] spin::PageNotPresent fault_receive(Strand& strand, const TrapFrame& frame) {
    return {
        .context = strand.space->reference(),
        .fault = {.address = VirtAddr(csr::read_stval()),
                  .pc = VirtAddr(frame.pc),
                  .access = exception::access_of(csr::read_scause())},
    };
}

// Who is responsible? The handler of this space whose guard holds; it is reached by a call.
[[gnu::noipa]] const Binding* fault_dispatch(const Space& space,
                                             const spin::PageNotPresent& event) {
    return space.events.page_not_present.choose(event);
}

// Put the translation in force. Authority: whoever asks holds the address space and the frame; what
// it replaces must be an extension's; what may stand in the space at all, Space::check knows.
[[gnu::noipa]] Result<void> fault_install(spin::TranslationContext context, Page page,
                                          spin::FrameCapability frame, Rights rights,
                                          Access access) {
    // Pointers: a debugger that stops here would follow references that are not bound yet.
    Space* const space = TRY(find_space(context));
    FrameRecord* const record = TRY(find_frame(frame));
    TRY(Space::check(page, rights));
    // The page was stored by an extension or the disk, and will be fetched.
    if (rights.can_execute()) [[unlikely]]
        csr::fence_instructions();
    sv39::Pte* const entry = TRY(space->entry_for(page));
    if (entry->is_valid()) [[unlikely]]
        TRY(give_up_mapping(entry->frame()));
    Space::put(*entry, page, Frames::frame_of(frame), sv39::PteFlags::used(rights, access));
    record->mappings += 1;
    return {};
}

// Translation.AddMapping is this stage, under the name by which extensions import it.
[[gnu::alias("fault_install")]] Result<void>
translation_add_mapping(spin::TranslationContext context, Page page, spin::FrameCapability frame,
                        Rights rights, Access access);

// How does control get back? By returning: the frame's pc still names the instruction that faulted.
[[gnu::noipa]] void fault_resume(Strand& strand, VirtAddr address) {
    strand.faults_mended += 1;
    strand.last_mended = address;
}

} // extern "C"

namespace {

constexpr std::uint32_t MOST_IN_VAIN = 8;

// A handler that says that it has mended a fault, and has not, would be asked for ever. So where an
// address faults twice running, the kernel looks whether the access is possible now. A few times it
// may not be: a page may have gone again, for want of frames, before its program had a turn.
[[gnu::cold, gnu::noinline]] void check_mended(Strand& strand, const Fault& fault,
                                               const Binding& binding) {
    const sv39::Pte* const entry =
        strand.space->find(Page::containing(fault.address), Rights::none());
    const bool is_possible = entry != nullptr && entry->flags().rights().allow(fault.access);
    strand.in_vain = is_possible ? 0 : strand.in_vain + 1;
    if (strand.in_vain < MOST_IN_VAIN)
        return;
    Console console;
    print(console, "extension '", binding.domain->name(),
          "' said that it had mended a fault, and had not\n");
    end_by_fault(strand, fault, Error::not_mapped);
}

// The pager does not mend it: the event that says why is raised, and ends the program by default.
[[gnu::cold, gnu::noinline]] void raise_refusal(const Strand& strand,
                                                const spin::PageNotPresent& fault, Error why) {
    const spin::BadAddress event{.context = fault.context, .fault = fault.fault, .why = why};
    const Events& events = strand.space->events;
    const auto* const binding = why == Error::not_permitted ? events.protection_fault.choose(event)
                                                            : events.bad_address.choose(event);
    if (binding == nullptr || !binding->handler(event))
        end_by_fault(strand, event.fault, why);
}

} // namespace

// An upcall of the HAL.
void on_page_fault(TrapFrame& frame) {
    Strand& strand = running_strand();
    const spin::PageNotPresent event = fault_receive(strand, frame);
    csr::allow_interrupts();
    const Binding* const binding = fault_dispatch(*strand.space, event);
    const Result<void> mended =
        binding != nullptr ? binding->handler(event) : std::unexpected(Error::bad_address);
    if (mended) [[likely]] {
        if (event.fault.address == strand.last_mended) [[unlikely]]
            check_mended(strand, event.fault, *binding);
        fault_resume(strand, event.fault.address);
    } else {
        raise_refusal(strand, event, mended.error());
    }
    heed_notice(strand);
}
