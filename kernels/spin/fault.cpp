// The road of a page fault through the SPIN kernel: an event, raised in one address space.
// SPDX-License-Identifier: MIT
//
// Before: on_page_fault in entry.cpp. Between dispatch and install the extension runs
// (extensions/pager/pager.cpp), with the three middle stages; it comes back into the kernel through
// translation_add_mapping. Next: trap_return in entry.S.
#include "fault.hpp"

#include "authority.hpp"

#include "arch/riscv/csr.hpp"
#include "lib/exception.hpp"

namespace {

using Binding = Events::PageNotPresent::Binding;

} // namespace

extern "C" {

// What happened, and where? The event's arguments, read once.
[[gnu::noipa]] spin::PageNotPresent fault_receive(Strand& strand, const TrapFrame& frame) {
    return {
        .context = strand.space.context(),
        .fault = {.address = VirtAddr(csr::read_stval()),
                  .pc = VirtAddr(frame.pc),
                  .access = exception::access_of(csr::read_scause())},
    };
}

// Who is responsible? The handler whose guards hold; it is reached by a call. From here on its
// domain is the one that asks the kernel for things. nullptr: nobody is.
[[gnu::noipa]] const Binding* fault_dispatch(const spin::PageNotPresent& event) {
    const Binding* binding = kernel.events.page_not_present.choose(event);
    if (binding != nullptr) [[likely]]
        this_spin_hart().domain = binding->domain;
    return binding;
}

// Put the translation in force. Authority: the extension was given the address space and owns the
// frame; what may stand in the space at all, Space::map checks.
[[gnu::noipa]] Result<void> fault_install(spin::TranslationContext context, Page page,
                                          spin::FrameCapability frame, Rights rights) {
    Space& space = *TRY(held_space(context));
    FrameRecord& record = *TRY(held_frame(frame));
    TRY(space.map(page, Frames::frame_of(frame), rights));
    record.mappings += 1;
    return {};
}

// Translation.AddMapping is this stage, under the name by which extensions import it.
[[gnu::alias("fault_install")]] Result<void>
translation_add_mapping(spin::TranslationContext context, Page page, spin::FrameCapability frame,
                        Rights rights);

// How does control get back? By returning: the frame's pc still names the instruction that faulted.
[[gnu::noipa]] void fault_resume(Strand& strand) { strand.faults_mended += 1; }

} // extern "C"

void handle_page_fault(TrapFrame& frame) {
    Strand& strand = running_strand();
    const spin::PageNotPresent event = fault_receive(strand, frame);
    const Binding* binding = fault_dispatch(event);
    if (binding == nullptr) [[unlikely]]
        end_by_fault(strand, event.fault, Error::bad_address);
    const Result<void> mended = binding->handler(event);
    if (!mended) [[unlikely]]
        end_by_fault(strand, event.fault, mended.error());
    fault_resume(strand);
}
