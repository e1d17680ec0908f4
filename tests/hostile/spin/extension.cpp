// Extensions that ask for what is not theirs, break the compiler's checks, or trap.
// SPDX-License-Identifier: MIT
//
// Each behaviour handles the page faults of the program; the linker says which, and with which
// start (CMakeLists.txt).
// What an extension can do to the kernel by a store of its own is not tried (by not returning:
// endless.cpp):
// only the safe subset keeps extensions from it (kernels/spin/README.md). Nor is another's address
// space: there is one, so none could be named.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"
#include "kernels/spin/interface/trap.hpp"

#include "lib/codec.hpp"
#include "lib/panic.hpp"

#include <algorithm>
#include <array>

namespace {

using spin::FrameCapability;
using spin::PageNotPresent;

constinit spin::FrameQuota frames;

// What the kernel must answer; anything else ends the machine by name.
void expect(std::string_view what, const Result<void>& result, Error error) {
    if (result || result.error() != error)
        panic(what);
}

Page page_of(const PageNotPresent& event) { return Page::containing(event.fault.address); }

Result<FrameCapability> zeroed_frame() {
    const FrameCapability frame = TRY(phys_addr_allocate(frames));
    zero_page(frame.bytes());
    return frame;
}

bool no_call(const spin::SystemCall&) { return false; }
std::uint64_t answer_as_if_it_were_the_kernel(spin::SystemCall) { return 77; }

void break_now() { __builtin_trap(); }

void ask_with_stale_capabilities(const PageNotPresent& event, FrameCapability stale) {
    expect("a stale frame was given back", phys_addr_deallocate(stale), Error::not_permitted);
    expect("a stale frame was mapped",
           translation_add_mapping(event.context, page_of(event), stale, Rights::read(),
                                   event.fault.access),
           Error::not_permitted);
}

[[gnu::noipa]] Result<void> look_at_what_is_nobodys(FrameCapability frame) {
    const PageBytes view = frame.bytes();
    std::ranges::fill(view, std::byte{42});
    TRY(phys_addr_deallocate(frame));
    if (phys_addr_allocate(frames))
        panic("a frame in view was lent");
    if (view[PAGE_SIZE - 1] != std::byte{42})
        panic("a view shows something else");
    return {};
}

} // namespace

extern "C" {

Result<void> behave(const PageNotPresent& event);

Result<void> refuses_the_fault(const PageNotPresent& event);

Result<void> start_that_works(spin::FrameQuota quota, const spin::Program& program) {
    frames = quota;
    return translation_install_page_not_present(program.context, behave);
}
Result<void> serves_well(const PageNotPresent& event);
Result<void> mends_what_is_refused(const spin::BadAddress& event) {
    return serves_well({event.context, event.fault});
}
// Refuses as a pager, and mends what it has refused.
Result<void> start_that_mends_what_is_refused(spin::FrameQuota quota,
                                              const spin::Program& program) {
    TRY(translation_install_protection_fault(program.context, mends_what_is_refused));
    return start_that_works(quota, program);
}
Result<void> start_that_fails(spin::FrameQuota, const spin::Program&) {
    return std::unexpected(Error::no_memory);
}
Result<void> start_that_traps(spin::FrameQuota, const spin::Program&) { __builtin_trap(); }

// The one that keeps the rules, to see that the others fail for what they do.
Result<void> serves_well(const PageNotPresent& event) {
    const FrameCapability frame = TRY(zeroed_frame());
    return translation_add_mapping(event.context, page_of(event), frame, Rights::read_write(),
                                   event.fault.access);
}

// Is refused again and again, and then does what it is for.
Result<void> asks_for_too_much(const PageNotPresent& event) {
    const FrameCapability gone = TRY(phys_addr_allocate(frames));
    TRY(phys_addr_deallocate(gone));
    ask_with_stale_capabilities(event, gone);
    const FrameCapability frame = TRY(zeroed_frame());
    ask_with_stale_capabilities(event, gone); // most likely the same frame, in its next life

    const auto map = [&](Page page, Rights rights) {
        return translation_add_mapping(event.context, page, frame, rights, event.fault.access);
    };
    for (const std::uint64_t number : {0x80000ULL, 0xffffffc080200ULL, 1ULL << 26, ~0ULL >> 12})
        expect("no program's page was mapped", map(Page(number), Rights::read()),
               Error::bad_address);
    expect("a page was mapped without rights", map(page_of(event), Rights::none()), Error::invalid);
    expect("a page was mapped to write alone", map(page_of(event), Rights::from_raw(2)),
           Error::invalid);
    expect("the program's code was replaced",
           map(Page::containing(event.fault.pc), Rights::read_write()), Error::already_mapped);
    // What stands there is replaced, and its frame may go then.
    const FrameCapability first = TRY(zeroed_frame());
    TRY(translation_add_mapping(event.context, page_of(event), first, Rights::read(),
                                event.fault.access));
    expect("a mapped frame was given back", phys_addr_deallocate(first), Error::would_block);
    TRY(map(page_of(event), Rights::read()));
    TRY(map(page_of(event), Rights::read_write()));
    TRY(phys_addr_deallocate(first));
    expect("a mapped frame was given back", phys_addr_deallocate(frame), Error::would_block);

    expect("no handler was installed", translation_install_page_not_present(event.context, nullptr),
           Error::invalid);
    expect("no handler was installed", trap_install_system_call(event.context, no_call, nullptr),
           Error::invalid);
    // There is room for a few; the first that was installed goes on to be asked first.
    while (trap_install_system_call(event.context, no_call, answer_as_if_it_were_the_kernel)) {
    }
    while (translation_install_page_not_present(event.context, refuses_the_fault)) {
    }
    return {};
}

// All frames there are. A page table is the kernel's and comes from elsewhere.
Result<void> exhausts_frames(const PageNotPresent& event) {
    FrameCapability last = TRY(phys_addr_allocate(frames));
    for (Result<FrameCapability> more = last; more; more = phys_addr_allocate(frames))
        last = *more;
    const Page far = Page(0x70000);
    TRY(translation_add_mapping(event.context, far, last, Rights::read(), Access::load));
    TRY(translation_remove_mapping(event.context, far));
    TRY(phys_addr_deallocate(last));
    const Result<FrameCapability> again = phys_addr_allocate(frames);
    if (!again)
        panic("a frame that was given back is gone");
    return std::unexpected(phys_addr_allocate(frames).error());
}

// While a view of it is held, nobody gets a frame that was given back, and then somebody does.
Result<void> keeps_a_view(const PageNotPresent& event) {
    static bool has_looked = false;
    if (has_looked)
        return serves_well(event);
    has_looked = true;
    std::array<FrameCapability, 16> some{}; // of all
    for (std::size_t count = 0;; ++count) {
        const Result<FrameCapability> frame = phys_addr_allocate(frames);
        if (!frame)
            break;
        some[count % some.size()] = *frame;
    }
    TRY(look_at_what_is_nobodys(some[0]));
    some[0] = TRY(phys_addr_allocate(frames));
    for (const FrameCapability frame : some)
        TRY(phys_addr_deallocate(frame));
    return serves_well(event);
}

// A frame that was given back becomes nobody's page table, though its bytes are still in view:
// every entry would show the kernel's first pages to the program.
Result<void> spoils_a_table_to_be(const PageNotPresent& event) {
    const FrameCapability mine = TRY(zeroed_frame());
    const FrameCapability stale = TRY(zeroed_frame());
    const PageBytes view = stale.bytes();
    TRY(phys_addr_deallocate(stale));
    const Page page = page_of(event);
    TRY(translation_add_mapping(event.context, page, mine, Rights::read_write(),
                                event.fault.access));
    constexpr std::uint64_t SHOWN = 0x80200 << 10 | 0xd7; // the kernel's code; V R W U A D
    for (std::uint64_t entry = 0; entry < PAGE_SIZE / 8; ++entry)
        TRY(store<std::uint64_t>(view, entry * 8, SHOWN));
    const Page neighbour = page + 256;
    if (translation_examine_mapping(event.context, neighbour))
        panic("an extension wrote a page table");
    return {};
}

Result<void> reaches_for_what_it_gave_back(const PageNotPresent&) {
    const FrameCapability stale = TRY(zeroed_frame());
    TRY(phys_addr_deallocate(stale));
    zero_page(stale.bytes());
    return {};
}

Result<void> refuses_the_fault(const PageNotPresent&) {
    return std::unexpected(Error::not_permitted);
}

Result<void> indexes_out_of_bounds(const PageNotPresent& event) {
    static std::array<std::uint64_t, 4> table{};
    table[event.fault.address.raw() % 1000 + 4] = 1;
    return {};
}

Result<void> takes_from_an_error(const PageNotPresent& event) {
    Result<FrameCapability> frame = phys_addr_allocate(frames);
    frame = std::unexpected(Error::no_memory);
    return translation_add_mapping(event.context, page_of(event), *frame, Rights::read(),
                                   event.fault.access);
}

Result<void> stores_to_null(const PageNotPresent&) {
    static volatile std::uint64_t* volatile nowhere = nullptr; // the compiler does not know
    *nowhere = 1;
    return {};
}

// Its code became read-only when it was linked.
Result<void> stores_to_its_code(const PageNotPresent&) {
    *reinterpret_cast<volatile std::uint16_t*>(&serves_well) = 0;
    return {};
}

// A call of nothing: the pc is nobody's then.
Result<void> calls_null(const PageNotPresent& event) {
    static decltype(&behave) volatile nothing = nullptr;
    return nothing(event);
}

Result<void> traps(const PageNotPresent&) { __builtin_trap(); }

// What it has mapped so far goes with it.
Result<void> serves_three_and_traps(const PageNotPresent& event) {
    static std::uint64_t faults = 0;
    return ++faults > 3 ? traps(event) : serves_well(event);
}

// Calls itself until the stack's guard page is hit.
Result<void> overflows_the_stack(const PageNotPresent& event) {
    std::array<volatile std::uint64_t, 64> room{};
    room[event.fault.address.raw() % 64] = 1;
    static decltype(&behave) volatile again = overflows_the_stack; // the compiler does not know
    TRY(again(event));
    return room[0] == 2 ? Result<void>(std::unexpected(Error::invalid)) : Result<void>();
}

// Waits for ever with a fault in hand, while another strand of the extension breaks.
Result<void> waits_while_it_breaks(const PageNotPresent&) {
    TRY(strand_create(frames, break_now));
    strand_block_until(spin::NEVER);
    return {};
}

// The kernel's own routine traps, on the extension's account.
Result<void> hands_over_a_wild_pointer(const PageNotPresent&) {
    static std::byte* volatile nowhere = nullptr;
    zero_page(PageBytes(nowhere, PAGE_SIZE));
    return {};
}

// Success without a mapping: the instruction faults again, and again.
Result<void> mends_nothing(const PageNotPresent&) { return {}; }

// A mapping that the store that faulted cannot use.
Result<void> mends_too_little(const PageNotPresent& event) {
    const FrameCapability frame = TRY(zeroed_frame());
    static_cast<void>(translation_add_mapping(event.context, page_of(event), frame, Rights::read(),
                                              event.fault.access));
    return {};
}

} // extern "C"
