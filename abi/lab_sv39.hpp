// The steps that a query of lab 1 is made of: an operation, its arguments, and its answers.
// SPDX-License-Identifier: MIT
//
// Shared by the rig, which takes them, and the judge, which says them in words. A query is a row of
// steps; each begins with its Step as a word. It works on a pool of frames at a fixed place: the
// first TABLES hold page tables, zeroed for each query, the first of them the root that is in
// force; the rest hold data, each with a mark of its own in its first word.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sv39_lab {

inline constexpr std::uint64_t POOL = 0x84000000; // physical
inline constexpr std::uint64_t TABLES = 16;       // frames
inline constexpr std::uint64_t DATA = 16;         // frames, behind the tables
inline constexpr std::uint64_t ENTRIES_A_TABLE = 512;
inline constexpr std::uint64_t FIRST_FRAME = POOL >> 12;
inline constexpr std::uint64_t FIRST_DATA = FIRST_FRAME + TABLES;

// Root entries of the program's half that a query leaves alone: here the rig's own program stands,
// which makes the accesses. The query gives it its entry, a leaf of 1 GiB.
inline constexpr std::uint64_t PROGRAM_ENTRY = 255;

// A data frame's mark: an `ecall` for who fetches it, below its own number for who loads it.
constexpr std::uint64_t mark_of(std::uint64_t frame) {
    return (frame - FIRST_DATA + 1) << 32 | 0x73;
}
inline constexpr std::uint64_t STORED = 0x5107ed; // what a store stores

// Where an entry stands, as one number.
constexpr std::uint64_t place(std::uint64_t table, std::uint64_t index) {
    return table * ENTRIES_A_TABLE + index;
}
inline constexpr std::uint64_t NOWHERE = ~std::uint64_t{0};     // nullptr
inline constexpr std::uint64_t OUTSIDE = ~std::uint64_t{0} - 1; // no entry of the pool's tables

// What a Result says.
enum class Reply : std::uint64_t { done, no_memory, already_mapped, not_mapped, invalid, other };

// What makes flags of rights, or takes an access.
enum class Maker : std::uint64_t { user, unwritten, kernel };
enum class Use : std::uint64_t { load, store, fetch };

enum class Step : std::uint64_t {
    write,        // place, word: the entry there is that word
    snapshot,     // remember the tables as they are
    changed,      // -> how many words of the tables differ from what was remembered
    read,         // place -> the word there
    flags,        // Maker, rights -> PteFlags::...(rights)
    leaf,         // frame, flags -> Pte::leaf
    table,        // frame -> Pte::table
    decode,       // word -> is_valid, is_leaf, is_table, frame, flags
    index,        // page, level -> index_at
    walk,         // page -> the place that find_entry finds
    stock,        // table, count: new_table() gives these from here on
    taken,        // -> how many of them it gave
    map,          // page, frame, flags -> Reply
    unmap,        // page -> Reply, frame
    protect,      // page, flags -> Reply
    with,         // flags, rights -> flags
    has_encoding, // rights -> 0 or 1
    access,       // Use, address -> cause (0: it went well), value (of a failed one: stval)
    // By AddressSpace, watched by the probe: what was changed, and what was fenced.
    space_map,     // page, frame, rights -> Reply
    space_put,     // page, frame, flags: into the entry that entry_for finds -> Reply
    space_unmap,   // page -> Reply, the word that stood there
    space_replace, // page, frame, flags -> Reply
    space_protect, // page, rights -> Reply
    space_clear,   // page -> Reply (clear_accessed)
};

struct Shape {
    std::string_view name;
    unsigned arguments;
    unsigned answers;
};

inline constexpr std::array SHAPES{
    Shape{"write", 2, 0},      Shape{"snapshot", 0, 0},     Shape{"changed", 0, 1},
    Shape{"read", 1, 1},       Shape{"flags", 2, 1},        Shape{"leaf", 2, 1},
    Shape{"table", 1, 1},      Shape{"decode", 1, 5},       Shape{"index_at", 2, 1},
    Shape{"find_entry", 1, 1}, Shape{"stock", 2, 0},        Shape{"taken", 0, 1},
    Shape{"map", 3, 1},        Shape{"unmap", 1, 2},        Shape{"protect", 2, 1},
    Shape{"with", 2, 1},       Shape{"has_encoding", 1, 1}, Shape{"access", 2, 2},
    Shape{"map", 3, 1},        Shape{"put", 3, 1},          Shape{"unmap", 1, 2},
    Shape{"replace", 3, 1},    Shape{"protect", 2, 1},      Shape{"clear_accessed", 1, 1},
};

constexpr bool is_step(std::uint64_t word) { return word < SHAPES.size(); }
constexpr const Shape& shape_of(Step step) { return SHAPES[static_cast<std::size_t>(step)]; }
constexpr bool is_watched(Step step) { return step >= Step::space_map; }

} // namespace sv39_lab
