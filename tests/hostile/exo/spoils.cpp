// An ExOS program that spoils ExOS, and what it does not reach: the tiny library OS beside it.
// SPDX-License-Identifier: MIT
#include "child.hpp"
#include "expect.hpp"

#include "kernels/exo/libos/slots.hpp"
#include "kernels/exo/tiny/notes.hpp"
#include "user/lib/os.hpp"

using namespace hostile;

namespace {

constexpr std::uint64_t NUMBER = 7, WORD = 4711;
constexpr std::string_view WORDS = "exo: the other one is still here\n";

// Past ExOS: by hand.
std::int64_t call_beside(notes::Request request, std::uint64_t number) {
    std::uint64_t cost = 0;
    return transfer_to(static_cast<std::uint64_t>(request), number, slots::BESIDE, cost);
}

void remember() {
    const std::array<std::uint64_t, 6> arguments{
        static_cast<std::uint64_t>(notes::Request::remember), NUMBER, WORD};
    while (os_call(EXO_TRANSFER + slots::BESIDE, arguments.data()) == -abi::BUSY)
        os::sleep(os::TICKS_PER_MILLISECOND);
}

// The capability is good for a call, and for nothing else.
void misused() {
    constexpr std::uint64_t BESIDE = slots::BESIDE;
    const abi::exo::Contexts contexts{};
    const abi::exo::Change change =
        abi::exo::Change::make(abi::exo::Change::Kind::remove, 0, EXO_TINY);
    expect("to end it", ask(Primitive::destroy, BESIDE), -abi::PERMISSION);
    expect("to enter it elsewhere", set_contexts(BESIDE, contexts), -abi::PERMISSION);
    expect("to take its pages",
           static_cast<std::int64_t>(
               primitive(Primitive::change, BESIDE, address_of(&change), 1).second),
           -abi::PERMISSION);
    expect("to give it a frame", share(BESIDE, slots::SHARED, 300, 1, ALL), -abi::PERMISSION);
    expect("to have its tables", ask(Primitive::graft, BESIDE, EXO_TINY, NONE), -abi::PERMISSION);
    expect("to hear of its end", ask(Primitive::tell_end, BESIDE, NONE), -abi::PERMISSION);
    expect("to take its slice", ask(Primitive::give_slice, abi::exo::SLICES - 1, SELF),
           -abi::PERMISSION);
    expect("to take its block", ask(Primitive::take_extent, environment_page().disk_blocks - 1, 1),
           -abi::PERMISSION);
    for (std::uint64_t frame = environment_page().first_frame;
         frame < environment_page().frames_end; ++frame)
        if (record_of(frame).owner == 2) // it was made second
            expect("to take its frame", allocate(frame, SLOT), -abi::PERMISSION);
}

} // namespace

namespace {

// No page of this program is to be missing when nobody can bring it any more.
void have_code() {
    const std::uint64_t end = address_of(child_page_end);
    for (std::uint64_t page = end & ~(SLOT_SIZE - 1ULL); page < end; page += PAGE_SIZE)
        static_cast<void>(*reinterpret_cast<const volatile char*>(page));
    static_cast<void>(*static_cast<const volatile char*>(WORDS.data()));
}

} // namespace

// Every word that processes share, and all of the library's data.
extern "C" int spoils() {
    remember();
    misused();
    have_code();
    // ExOS cannot take the end of a slice any more.
    const auto goes_on = address_of(child_goes_on);
    set_contexts(SELF, {goes_on, goes_on, goes_on});
    for (std::uint64_t page = 0; page < slots::SHARED_PAGES; ++page)
        release(slots::SHARED + page);
    for (std::uint64_t address = EXO_LIBRARY_DATA; address < EXO_LIBRARY_DATA + 64 * PAGE_SIZE;
         address += PAGE_SIZE)
        remove(address);
    expect("what it has noted is there", call_beside(notes::Request::recall, NUMBER),
           static_cast<std::int64_t>(WORD));
    ask(Primitive::write_console, address_of(WORDS.data()), WORDS.size());
    ask(Primitive::exit, static_cast<std::uint64_t>(failures()));
    return 1;
}
