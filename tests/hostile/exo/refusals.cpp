// Frames, bindings and pages that are not one's own: each is refused, with the right error.
// SPDX-License-Identifier: MIT
//
// Capabilities: capabilities.cpp. What belongs to other environments: making.cpp.
#include "expect.hpp"
#include "primitives.hpp"

using namespace hostile;

namespace {

void frames_of_others() {
    const std::uint64_t first = environment_page().first_frame;
    const std::uint64_t end = environment_page().frames_end;
    const Capability mine = allocate(some_frame());
    for (const std::uint64_t taken : Words{some_frame(), first, end - 1}) { // ExOS's, the kernel's
        expect("allocate a taken frame", allocate(taken, NONE), -abi::PERMISSION);
        expect("bind a taken frame", allocate(taken, SLOT), -abi::PERMISSION);
    }
    for (const std::uint64_t none : Words{0ULL, KERNEL_LOAD / PAGE_SIZE, first - 1, end,
                                          first + (1ULL << 32), first + (1ULL << 52), ~0ULL}) {
        expect("allocate no frame", allocate(none, NONE), -abi::FAULT);
        expect("bind no frame", allocate(none, SLOT), -abi::FAULT);
    }
    expect("nothing was bound", unbind(SLOT), -abi::FAULT);
    expect("deallocate", deallocate(mine), 0);
}

void slots() {
    const Capability mine = allocate(some_frame());
    const std::uint64_t absent = SLOTS - 1; // part 4 was not given
    for (const std::uint64_t slot :
         Words{absent, abi::exo::BINDINGS, 1ULL << 32, 1ULL << 61, ~0ULL - 1}) {
        expect("bind to no slot", bind(mine, slot), -abi::INVALID);
        expect("allocate to no slot", allocate(some_frame() + 1, slot), -abi::INVALID);
        expect("unbind no slot", unbind(slot), -abi::FAULT);
        expect("release no slot", release(slot), -abi::FAULT);
        expect("install from no slot", install(slot, SCRATCH, READ), -abi::PERMISSION);
    }
    expect("bind to the library OS's slot", bind(mine, 0), -abi::EXISTS);
    expect("allocate to the library OS's slot", allocate(some_frame() + 1, 0), -abi::EXISTS);
    expect("install from an empty slot", install(SLOT, SCRATCH, READ), -abi::PERMISSION);
    expect("bind", bind(mine, SLOT), 0);
    expect("bind to a slot in use", bind(mine, SLOT), -abi::EXISTS);
    expect("unbind", unbind(SLOT), 0);
    expect("unbind twice", unbind(SLOT), -abi::FAULT);
    expect("deallocate", deallocate(mine), 0);
}

void pages() {
    take_frame(SLOT);
    // Rights that no entry of a page table may have; bits beyond the three mean nothing.
    for (const std::uint64_t rights : Words{0ULL, WRITE, EXECUTE, WRITE | EXECUTE, 8ULL, ~7ULL})
        expect("install without read", install(SLOT, SCRATCH, rights), -abi::PERMISSION);
    for (const std::uint64_t page :
         Words{SCRATCH + 1, SCRATCH + 4, SCRATCH + PAGE_SIZE - 1, USER_END, 1ULL << 38, 1ULL << 39,
               1ULL << 63, KERNEL_OFFSET + KERNEL_LOAD, ~0ULL << 12, ~0ULL}) {
        expect("install at no page of one's own", install(SLOT, page, READ), -abi::FAULT);
        expect("remove no page of one's own", remove(page), -abi::FAULT);
    }
    expect("install without a table", install(SLOT, SCRATCH + (1 << 21), READ), -abi::NO_MEMORY);
    expect("remove without a table", remove(SCRATCH + (1 << 21)), -abi::FAULT);
    expect("install", install(SLOT, SCRATCH, READ | WRITE), 0);
    touch(SCRATCH);
    expect("remove", remove(SCRATCH), 0);
    expect("remove twice", remove(SCRATCH), -abi::FAULT);
    expect("release", release(SLOT), 0);
}

// What everybody reads of the kernel's books is nobody's to change.
void windows() {
    using abi::exo::Change;
    const std::uint64_t frame = take_frame(SLOT);
    for (const std::uint64_t page :
         Words{EXO_FRAMES, EXO_FRAMES + PAGE_SIZE, EXO_FRAMES + (1 << 21) - PAGE_SIZE, EXO_TABLES,
               EXO_TABLES + LIBRARY_BASE / 512, EXO_ENVIRONMENT - PAGE_SIZE, EXO_ENVIRONMENT}) {
        expect("install in a window", install(SLOT, page, READ | WRITE), -abi::FAULT);
        expect("remove a window", remove(page), -abi::FAULT);
        for (const Change::Kind kind : {Change::Kind::install, Change::Kind::remove,
                                        Change::Kind::protect, Change::Kind::clear_accessed}) {
            const Change change = Change::make(kind, SLOT, page, READ | WRITE);
            const Answer answer = primitive(Primitive::change, SELF, address_of(&change), 1);
            expect("change a window", -static_cast<std::int64_t>(answer.second), abi::FAULT);
            expect("changes that were done", answer.first, 0);
        }
    }
    expect("mappings of the frame", record_of(frame).mappings, 0);
    expect("its binding", record_of(frame).bindings, 1);
    expect("release", release(SLOT), 0);
}

// Whoever gives back what is in use still loses it; nobody gets it before the last use has ended.
void given_back_in_use() {
    const std::uint64_t frame = some_frame();
    const Capability mine = allocate(frame);
    expect("bind", bind(mine, SLOT), 0);
    expect("bind again", bind(mine, SLOT - 1), 0);
    expect("install", install(SLOT, SCRATCH, READ | WRITE), 0);
    expect("install again", install(SLOT - 1, SCRATCH + PAGE_SIZE, READ), 0);
    expect("deallocate what is bound and mapped", deallocate(mine), 0);
    expect("deallocate twice", deallocate(mine), -abi::PERMISSION);
    expect("bind what was given back", bind(mine, SLOT - 2), -abi::PERMISSION);
    expect("its owner", record_of(frame).owner, abi::exo::FrameRecord::NOBODY);
    touch(SCRATCH); // its uses go on
    for (const auto end_use :
         {+[] { return remove(SCRATCH); }, +[] { return unbind(SLOT); },
          +[] { return remove(SCRATCH + PAGE_SIZE); }, +[] { return release(SLOT - 1); }}) {
        expect("allocate what is in use", allocate(frame, NONE), -abi::PERMISSION);
        expect("end a use", end_use(), 0);
    }
    const Capability next = allocate(frame);
    expect_that("it has another capability then", next.name != mine.name);
    expect("deallocate", deallocate(next), 0);
}

// `release` gives back only what is one's own, and does so though there is another binding.
void released() {
    const std::uint64_t frame = take_frame(SLOT);
    expect("share with oneself", share(SELF, SLOT, SLOT - 1, 1, ALL), 0);
    expect("release", release(SLOT), 0);
    expect("its owner", record_of(frame).owner, abi::exo::FrameRecord::NOBODY);
    expect("release twice", release(SLOT), -abi::FAULT);
    expect("allocate what is bound", allocate(frame, SLOT), -abi::PERMISSION);
    expect("install what is bound", install(SLOT - 1, SCRATCH, READ), 0);
    expect("remove", remove(SCRATCH), 0);
    expect("release the other", release(SLOT - 1), 0);
    expect_that("it is free", record_of(frame).is_free());
}

// What stands there is replaced, and its frame is free to go then.
void one_frame_in_the_place_of_another() {
    const std::uint64_t first = take_frame(SLOT);
    const std::uint64_t second = take_frame(SLOT - 1);
    expect("install", install(SLOT, SCRATCH, READ | WRITE), 0);
    expect("install the same again", install(SLOT, SCRATCH, READ), 0);
    expect("mappings of the first", record_of(first).mappings, 1);
    expect("install over it", install(SLOT - 1, SCRATCH, READ | WRITE), 0);
    touch(SCRATCH);
    expect("release what was replaced", release(SLOT), 0);
    expect_that("it is free", record_of(first).is_free());
    expect("release what replaced it", release(SLOT - 1), 0);
    expect("allocate what is mapped", allocate(second, SLOT), -abi::PERMISSION);
    expect("remove", remove(SCRATCH), 0);
    expect_that("the other is free, too", record_of(second).is_free());
}

// An address whose lower bits are those of memory that is there.
constexpr std::uint64_t ALIAS = 1ULL << 39;

void bad_pointers() {
    const Words nowhere{0ULL,
                        SCRATCH,
                        USER_END,
                        KERNEL_OFFSET + KERNEL_LOAD,
                        1ULL << 38,
                        1ULL << 62,
                        ~0ULL - 3,
                        LIBRARY_BASE | ALIAS,
                        EXO_ENVIRONMENT + PAGE_SIZE - 4};
    for (const std::uint64_t address : nowhere) {
        expect("write from no memory of one's own", ask(Primitive::write_console, address, 8),
               -abi::FAULT);
        expect("contexts from no memory of one's own", ask(Primitive::set_contexts, SELF, address),
               -abi::FAULT);
        const Answer changed = primitive(Primitive::change, SELF, address, 1);
        expect("changes from no memory of one's own", -static_cast<std::int64_t>(changed.second),
               abi::FAULT);
        expect("none was done", changed.first, 0);
    }
    for (const std::uint64_t number : Words{0ULL, EXO_PRIMITIVES, 1ULL << 32 | 10, ~0ULL})
        expect("no such primitive", call(number, SCRATCH).first, -abi::INVALID);
}

// Every frame is taken: nobody has one for a page table, until one is given back. Then the program
// ends: its library OS would find none either.
void no_frame_left() {
    Capability last{};
    const std::uint64_t end = environment_page().frames_end;
    for (std::uint64_t frame = environment_page().first_frame; frame < end; ++frame)
        if (record_of(frame).is_free())
            last = allocate(frame);
    const std::uint64_t far = SCRATCH + 0x8000000; // needs a table of its own
    expect("install without a table", install(0, far, READ), -abi::NO_MEMORY);
    expect("give no table", give_table(SELF, far, SLOT), -abi::PERMISSION);
    expect("deallocate", deallocate(last), 0);
    take_frame(SLOT);
    expect("give a table", give_table(SELF, far, SLOT), 0);
    expect("the slot is empty", unbind(SLOT), -abi::FAULT);
    expect("install with one", install(0, far, READ), 0);
    expect("remove", remove(far), 0);
}

} // namespace

extern "C" int refusals() {
    open_workshop();
    frames_of_others();
    slots();
    pages();
    windows();
    given_back_in_use();
    released();
    one_frame_in_the_place_of_another();
    bad_pointers();
    no_frame_left();
    return failures();
}
