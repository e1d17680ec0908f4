// What lab 3's rig is asked, and the references that its program makes.
// SPDX-License-Identifier: MIT
//
// Shared by the rig (labs/03-replacement/rig.cpp), which answers, the program
// (tests/programs/refer.cpp), and the judge. A query (abi/lab_rig.hpp) asks for one choice, or for
// all choices of a memory that is referred to page by page.
#pragma once

#include <cstdint>

namespace replacement_lab {

enum class Policy : std::uint64_t { fifo, clock, lru, own };

// A query's first word; the second is the policy.
enum class Ask : std::uint64_t {
    // frame or NOBODY (the one that is kept), then a word for each frame of the queue, oldest first
    // -> Trouble, the victim (or NOBODY), then the queue without it, oldest first
    choose,
    // pool (frames), how many references, then these, eight to a word, the first lowest
    // -> Trouble, how many faults, how many victims, then these, eight to a word
    play,
    // pool, then a Walk: state, hot, once, count -> Trouble, how many faults
    walk,
};

inline constexpr std::uint64_t NOBODY = 0xffff'ffff; // no frame: ring()
inline constexpr std::uint64_t PACKED = 8;           // pages in a word
inline constexpr std::uint64_t MOST_FRAMES = 56;     // of a queue that is asked about

// What the policy did that no policy may. The rig does not go on behind it.
enum class Trouble : std::uint64_t {
    none,
    not_resident,   // it asked for the accessed bit or the age of no frame (ring()), or moved it
    chose_kept,     // its victim is the frame that is being copied from
    chose_no_frame, // its victim is in no queue
    chose_nobody,   // ring(), though there was one that could go
    chose_in_vain,  // a frame, though none could go
    never_ends,     // more than MOST_STEPS looks at the queue for one choice
};
inline constexpr std::uint64_t MOST_STEPS = 20'000;

// A frame of a queue, as one word.
struct Frame {
    std::uint64_t number = 0;
    bool accessed = false;
    std::uint8_t age = 0;

    constexpr std::uint64_t word() const {
        return number | (accessed ? 1ULL << 32 : 0) | static_cast<std::uint64_t>(age) << 40;
    }
    static constexpr Frame of(std::uint64_t word) {
        return {word & 0xffff'ffff, (word >> 32 & 1) != 0, static_cast<std::uint8_t>(word >> 40)};
    }
    constexpr bool operator==(const Frame&) const = default;
};
static_assert(Frame::of(Frame{7, true, 0x81}.word()) == Frame{7, true, 0x81});

// The references of program `refer`, and of a walk: three of four go to pages that are used again
// and again, others in each fifth of the walk; every fourth goes to one that is not used again for
// long.
struct Walk {
    static constexpr std::uint64_t PARTS = 5;

    std::uint64_t state; // of the generator, 32 bits
    std::uint64_t hot;   // pages of each part
    std::uint64_t once;  // pages that are used in a row
    std::uint64_t count; // references
    std::uint64_t made = 0;
    std::uint64_t passed = 0;

    constexpr std::uint64_t pages() const { return PARTS * hot + once; }
    constexpr std::uint64_t next() {
        const std::uint64_t part = made * PARTS / count;
        // The generator of "Numerical Recipes", 32 bits wide; its high bits are the good ones.
        state = (state * 1'664'525 + 1'013'904'223) & 0xffff'ffff;
        if (made++ % 4 == 3)
            return PARTS * hot + passed++ % once;
        return part * hot + (state >> 16) % hot;
    }
};

} // namespace replacement_lab
