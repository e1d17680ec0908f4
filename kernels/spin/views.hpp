// Views: what strands may still see of memory that is nobody's any more.
// SPDX-License-Identifier: MIT
//
// An extension sees memory through pointers, spans and references, which by its language stand in
// registers and on stacks, and nowhere else (docs/safe-subset.md). A frame that it gave back, or
// the slot of an extension that is gone, may be somebody else's only when none of them shows it any
// more. Nobody counts them; so before memory is used again, all stacks are looked through, and each
// word that could be an address there is taken for one. That takes long, so it is done for many
// frames at a time (Frames::free_rested).
#pragma once

#include "blame.hpp"
#include "kernel.hpp"

// How far beside what it points to a pointer may stand: one offset of a load or store (Unprivileged
// ISA, 2.6: 12 bits with a sign).
inline constexpr std::uint64_t VIEW_REACH = 2048;

// Calls note(word) for each word that a strand holds inside the kernel, in a register or on its
// stack. The running one is on its own stack.
template <class Note>
[[gnu::noinline]] void for_each_word_held(Note note) {
    __builtin_unwind_init(); // what registers hold, this function's frame holds now
    std::uint64_t lowest = 0;
    const auto note_all = [&](const std::uint64_t* from, const std::uint64_t* to) {
        for (; from < to; ++from)
            note(*from);
    };
    for (const Strand& strand : kernel.strands) {
        if (strand.state == Strand::State::unused)
            continue;
        const bool runs = &strand == &running_strand();
        const std::uint64_t stack = strand.context.sp;
        note_all(runs ? &lowest : reinterpret_cast<const std::uint64_t*>(stack),
                 reinterpret_cast<const std::uint64_t*>(end_of_stack(strand).raw()));
        if (!runs)
            note_all(std::begin(strand.context.s), std::end(strand.context.s));
    }
}

// Clears the stack below the caller: what calls that have returned left there could be taken for
// views, where new frames leave gaps.
void clear_stack_below();

// Whether a strand may see anything in the slot NUMBER. No address in it is written down here,
// where it would be found.
inline bool is_slot_in_view(std::uint32_t number) {
    const std::uint64_t wanted = EXTENSION_SLOTS / EXTENSION_SLOT_SIZE + number;
    bool found = false;
    for_each_word_held([&](std::uint64_t word) {
        found = found || (word - VIEW_REACH) / EXTENSION_SLOT_SIZE == wanted ||
                (word + VIEW_REACH) / EXTENSION_SLOT_SIZE == wanted;
    });
    return found;
}
