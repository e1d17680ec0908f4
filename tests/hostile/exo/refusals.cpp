// Capabilities, bindings and pages that are not one's own: each is refused, with the right error.
// SPDX-License-Identifier: MIT
#include "primitives.hpp"

#include "lib/print.hpp"
#include "user/lib/os.hpp"

#include <initializer_list>

using namespace hostile;

namespace {

using Words = std::initializer_list<std::uint64_t>;

os::Output output;
int failures = 0;

void expect(std::string_view what, std::int64_t result, std::int64_t expected) {
    if (result == expected)
        return;
    print(output, "exo: ", what, ": ", result, ", expected ", expected, "\n");
    ++failures;
}

void forged_capabilities() {
    const std::uint64_t frame = some_frame();
    for (const Capability& forged :
         {Capability{0, 0}, {~0ULL, ~0ULL}, {frame, 0}, {frame | 7ULL << 32, 0}}) {
        expect("bind a forged one", bind(forged, SLOT), -abi::PERMISSION);
        expect("deallocate a forged one", deallocate(forged), -abi::PERMISSION);
    }
    const Capability genuine = allocate(frame);
    for (unsigned bit = 0; bit < 64; ++bit)
        for (const Capability& altered :
             {Capability{genuine.name ^ 1ULL << bit, genuine.authenticator},
              {genuine.name, genuine.authenticator ^ 1ULL << bit}}) {
            expect("bind an altered one", bind(altered, SLOT), -abi::PERMISSION);
            expect("deallocate an altered one", deallocate(altered), -abi::PERMISSION);
        }
    const Capability other = allocate(frame + 1);
    expect("bind with another's seal", bind({genuine.name, other.authenticator}, SLOT),
           -abi::PERMISSION);
    expect("nothing was bound", unbind(SLOT), -abi::FAULT);
    expect("deallocate", deallocate(genuine), 0);
    expect("deallocate the other", deallocate(other), 0);
}

void stale_capabilities() {
    const Capability first = allocate(some_frame());
    expect("deallocate", deallocate(first), 0);
    expect("deallocate twice", deallocate(first), -abi::PERMISSION);
    expect("bind a stale one", bind(first, SLOT), -abi::PERMISSION);
    const Capability second = allocate(some_frame());
    expect("the frame's next life has another capability", first.name == second.name ? 1 : 0, 0);
    expect("bind the one of its last life", bind(first, SLOT), -abi::PERMISSION);
    expect("deallocate by the one of its last life", deallocate(first), -abi::PERMISSION);
    expect("the present one is good", deallocate(second), 0);
}

void frames_of_others() {
    const std::uint64_t first = environment_page().first_frame;
    const std::uint64_t end = environment_page().frames_end;
    const Capability mine = allocate(some_frame());
    for (const std::uint64_t taken :
         Words{some_frame(), first, end - 1}) // mine, library OS's, kernel's
        expect("allocate a taken frame", primitive(Primitive::allocate, taken, abi::exo::NONE).first,
               -abi::PERMISSION);
    for (const std::uint64_t none : Words{0ULL, KERNEL_LOAD / PAGE_SIZE, first - 1, end,
                                          first + (1ULL << 32), first + (1ULL << 52), ~0ULL})
        expect("allocate no frame", primitive(Primitive::allocate, none, abi::exo::NONE).first,
               -abi::FAULT);
    expect("deallocate", deallocate(mine), 0);
}

void bindings() {
    const Capability mine = allocate(some_frame());
    for (const std::uint64_t slot : Words{abi::exo::BINDINGS, 1ULL << 32, 1ULL << 61, ~0ULL}) {
        expect("bind to no slot", bind(mine, slot), -abi::INVALID);
        expect("unbind no slot", unbind(slot), -abi::FAULT);
        expect("install from no slot", install(slot, SCRATCH, READ), -abi::PERMISSION);
    }
    expect("bind to the library OS's slot", bind(mine, 0), -abi::EXISTS);
    expect("install from an empty slot", install(SLOT, SCRATCH, READ), -abi::PERMISSION);
    expect("bind", bind(mine, SLOT), 0);
    expect("bind to a slot in use", bind(mine, SLOT), -abi::EXISTS);
    expect("deallocate what is bound", deallocate(mine), -abi::AGAIN);

    // Rights that no entry of a page table may have; bits beyond the three mean nothing.
    for (const std::uint64_t rights : Words{0ULL, WRITE, EXECUTE, WRITE | EXECUTE, 8ULL, ~7ULL})
        expect("install without read", install(SLOT, SCRATCH, rights), -abi::PERMISSION);
    for (const std::uint64_t page :
         Words{SCRATCH + 1, SCRATCH + 4, SCRATCH + PAGE_SIZE - 1, USER_END, 1ULL << 38, 1ULL << 39,
               1ULL << 63, KERNEL_OFFSET + KERNEL_LOAD, ~0ULL << 12, ~0ULL}) {
        expect("install at no page of one's own", install(SLOT, page, READ), -abi::FAULT);
        expect("remove no page of one's own", remove(page), -abi::FAULT);
    }
    expect("install", install(SLOT, SCRATCH, READ | WRITE), 0);
    touch(SCRATCH);
    expect("unbind what is mapped", unbind(SLOT), -abi::AGAIN);
    expect("deallocate what is mapped", deallocate(mine), -abi::AGAIN);
    expect("remove", remove(SCRATCH), 0);
    expect("remove twice", remove(SCRATCH), -abi::FAULT);
    expect("unbind", unbind(SLOT), 0);
    expect("unbind twice", unbind(SLOT), -abi::FAULT);
    expect("deallocate", deallocate(mine), 0);
}

// Only the kernel's own count of bindings and mappings keeps a frame from being given away.
void one_frame_in_two_places() {
    const Capability mine = allocate(some_frame());
    expect("bind", bind(mine, SLOT), 0);
    expect("bind again", bind(mine, SLOT - 1), 0);
    expect("install", install(SLOT, SCRATCH, READ), 0);
    expect("install again", install(SLOT - 1, SCRATCH + PAGE_SIZE, READ), 0);
    expect("remove one", remove(SCRATCH), 0);
    expect("unbind one, the other mapped", unbind(SLOT), -abi::AGAIN);
    expect("remove the other", remove(SCRATCH + PAGE_SIZE), 0);
    expect("unbind one", unbind(SLOT), 0);
    expect("deallocate, the other bound", deallocate(mine), -abi::AGAIN);
    expect("unbind the other", unbind(SLOT - 1), 0);
    expect("deallocate", deallocate(mine), 0);
}

// What stands there is replaced, and its frame is free to go then.
void one_frame_in_the_place_of_another() {
    const Capability first = allocate(some_frame());
    const Capability second = allocate(some_frame() + 1);
    expect("bind", bind(first, SLOT), 0);
    expect("bind another", bind(second, SLOT - 1), 0);
    expect("install", install(SLOT, SCRATCH, READ | WRITE), 0);
    expect("install the same again", install(SLOT, SCRATCH, READ), 0);
    expect("unbind what is mapped", unbind(SLOT), -abi::AGAIN);
    expect("install over it", install(SLOT - 1, SCRATCH, READ | WRITE), 0);
    touch(SCRATCH);
    expect("unbind what was replaced", unbind(SLOT), 0);
    expect("deallocate what was replaced", deallocate(first), 0);
    expect("unbind what replaced it", unbind(SLOT - 1), -abi::AGAIN);
    expect("remove", remove(SCRATCH), 0);
    expect("unbind", unbind(SLOT - 1), 0);
    expect("deallocate", deallocate(second), 0);
}

// An address whose lower bits are those of memory that is there.
constexpr std::uint64_t ALIAS = 1ULL << 39;

void bad_pointers() {
    for (const std::uint64_t address :
         Words{0ULL, SCRATCH, USER_END, KERNEL_OFFSET + KERNEL_LOAD, 1ULL << 38, 1ULL << 62,
               ~0ULL - 3, LIBRARY_BASE | ALIAS})
        expect("write from no memory of one's own",
               primitive(Primitive::write_console, address, 8).first, -abi::FAULT);
    for (const std::uint64_t number : Words{0ULL, EXO_PRIMITIVES, 1ULL << 32 | 10, ~0ULL})
        expect("no such primitive", call(number, SCRATCH).first, -abi::INVALID);
}

// Every frame is taken: the kernel then has none for a page table, says so, and goes on when one is
// given back.
void no_frame_left() {
    Capability last{};
    const std::uint64_t end = environment_page().frames_end;
    for (std::uint64_t frame = environment_page().first_frame; frame < end; ++frame) {
        const Answer answer = primitive(Primitive::allocate, frame, abi::exo::NONE);
        if (answer.first >= 0)
            last = {static_cast<std::uint64_t>(answer.first), answer.second};
    }
    const std::uint64_t far = SCRATCH + 0x8000000; // needs a table of its own
    expect("install without a frame for a table", install(0, far, READ), -abi::NO_MEMORY);
    expect("deallocate", deallocate(last), 0);
    expect("install with one", install(0, far, READ), 0);
    expect("remove", remove(far), 0);
}

} // namespace

extern "C" int refusals() {
    forged_capabilities();
    stale_capabilities();
    frames_of_others();
    bindings();
    one_frame_in_two_places();
    one_frame_in_the_place_of_another();
    bad_pointers();
    no_frame_left();
    return failures;
}
