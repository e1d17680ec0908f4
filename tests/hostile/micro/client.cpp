// Programs for hostile pagers to fail, and one that is hostile itself.
// SPDX-License-Identifier: MIT
//
// The pagers know no heap: a page comes at first touch, wherever it is.
#include "client.hpp"

#include "abi/address_map.h"
#include "abi/errors.hpp"
#include "abi/micro/memory.hpp"
#include "lib/print.hpp"
#include "user/lib/os.hpp"

#include <initializer_list>

using namespace hostile;
namespace label = abi::micro::label;

namespace {

constexpr std::uint64_t HEAP = PROGRAM_SLOTS + 14 * SLOT_SIZE + HEAP_OFFSET;
constexpr std::uint64_t TABLE_SPAN = 512 * PAGE_SIZE; // that one last-level table maps

volatile std::uint64_t own_data = 0x1234567;

} // namespace

extern "C" {

int attack();

int touches_pages() {
    for (std::uint64_t page = 0; page < 8; ++page)
        touch(HEAP + page * PAGE_SIZE);
    return own_data == 0x1234567 ? 0 : 1;
}

// Each page that replaces-its-gift gives begins with its address in the window.
int sees_a_replacement() {
    auto* const words = reinterpret_cast<volatile std::uint64_t*>(HEAP);
    const std::uint64_t first = words[0];
    words[1] = 1;
    return words[0] == first + PAGE_SIZE ? 0 : 1;
}

int touches_the_kernel() {
    touch(KERNEL_OFFSET + KERNEL_LOAD);
    return 1;
}

// Needs more page tables than the kernel's reserve has.
int touches_many_tables() {
    for (std::uint64_t at = LIBRARY_BASE + SLOT_SIZE; at < USER_END; at += TABLE_SPAN)
        touch(at);
    return 1;
}

// Labels that only the kernel may use, capabilities that are not there, memory that is not one's
// own: all refused, and the real pager still serves.
int forges_messages() {
    for (const std::uint64_t forged : Words{label::PAGE_FAULT, label::PAGE_FAULT | 1, ~0ULL,
                                            static_cast<std::uint64_t>(-abi::NO_MEMORY)})
        for (const std::uint64_t slot : Words{FAULTS, MEMORY})
            expect("a label of the kernel's", operation(Operation::call, forged, HEAP, slot),
                   -abi::PERMISSION);
    for (const std::uint64_t slot : Words{2, 3, 4, 5, 1ULL << 32, 1ULL << 63, ~0ULL})
        expect("no such capability", operation(Operation::call, label::GROW_HEAP, 0, slot),
               -abi::PERMISSION);
    for (const std::uint64_t unknown : Words{label::DONE, 2, 99, ~0ULL >> 1})
        for (const std::uint64_t slot : Words{FAULTS, MEMORY})
            expect("a label that the pager does not know",
                   operation(Operation::call, unknown, HEAP, slot), -abi::INVALID);
    for (const std::uint64_t address :
         Words{0, HEAP, USER_END, SERVER_SLOTS, PAGER_WINDOW, KERNEL_OFFSET + KERNEL_LOAD,
               1ULL << 38, 1ULL << 62, ~0ULL - 3, LIBRARY_BASE | 1ULL << 39})
        expect("write from no memory of one's own", operation(Operation::debug_write, address, 8),
               -abi::FAULT);
    for (const std::uint64_t number :
         Words{0, 12, 99, 0xff, 1ULL << 32 | 9, 1 << 14 | 9, 1ULL << 63 | 1})
        expect("no such operation", call(number).first, -abi::INVALID);
    expect("receive for no time", operation(Operation::receive, abi::micro::ANYBODY, 0),
           -abi::AGAIN);
    expect("sbrk", os::sbrk(PAGE_SIZE), HEAP);
    touch(HEAP);
    return failures;
}

int needs_no_pager() { return 0; }

// Wakes when its turn would be over as well, in one of these sleeps, with nobody else to run.
int sleeps_for_turns() {
    constexpr std::uint64_t TURN = 100'000; // ticks: 10 ms
    for (std::uint64_t ticks = TURN - 200; ticks <= TURN; ++ticks)
        os::sleep(ticks);
    return 0;
}

int waits_for_messages() {
    operation(Operation::reply_and_wait, label::DONE);
    return 1;
}

} // extern "C"

int main() {
    const int result = attack();
    if (result == 0)
        os::write("micro: still here\n");
    return result;
}
