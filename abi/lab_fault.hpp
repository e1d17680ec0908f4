// The steps that a query of lab 2 is made of: an operation, its arguments, and its answers.
// SPDX-License-Identifier: MIT
//
// Shared by the rig, which takes them, and the judge, which says them in words. A query is a row of
// steps; each begins with its Step as a word. Every query finds virtual memory as it is right after
// the start, with frames of its own at a fixed place and no address space. Spaces are numbered from
// 0 in the order in which they are made.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace fault_lab {

inline constexpr std::uint64_t POOL = 0x84000000; // physical
inline constexpr std::uint64_t FRAMES = 1024;     // all that there are: pages, tables, records

// What register N is given in the steps about registers, so that each has a value of its own. One
// of them must hold an address while they are looked at: steps name it.
constexpr std::uint64_t value_of(std::uint64_t seed, std::uint64_t n) {
    std::uint64_t z = seed + n * 0x9e3779b97f4a7c15; // SplitMix64 (Steele, Lea, Flood 2014)
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

inline constexpr std::uint64_t MIXED = 0x6d69786564; // of a page whose words are not all the same
inline constexpr std::uint64_t NOT_THERE = ~std::uint64_t{0};

// What a Result says; the numbers are the rig's own.
enum class Reply : std::uint64_t {
    done,
    bad_address,
    not_permitted,
    no_memory,
    invalid,
    input_output,
    other,
};

enum class Step : std::uint64_t {
    save,     // the program's registers have values; it traps
    restore,  // a frame has values; the program goes on by it
    round,    // both: a program's registers behind a trap
    receive,  // fault_receive, with the machine's registers as given
    dispatch, // fault_dispatch, while that process runs
    begin,    // a new address space
    region,   // an anonymous region in it
    soil,     // the frames that are taken next are full of something
    resolve,  // fault_resolve
    frame,    // fault_frame
    fill,     // fault_fill
    nonzero,  // looks at the frame that was filled
    counted,  // the service's counter
    place,    // the rig puts the page in force by itself, as fault_install should
    flags,    // a page's entry
    poke,     // the whole page holds one word
    peek,     // and is read
    same,     // two spaces' frames at a page
    fork,     // of a space; the copy is the next space
    note,     // remembers how many frames are free
    spent,    // how many fewer are free since then
    end,      // a space is given back
    window,   // there is a page table for the page
    install,  // fault_install of a frame, watched by the probe
    resume,   // fault_resume of the process
};

// What a word means, for whoever says it.
enum class Kind : std::uint8_t {
    number,
    hex,
    registers, // a bit for each
    yes,
    reply,
    access,
    rights,
    supply,
    flags,
    page,
    cause,
};

struct Word {
    std::string_view name;
    Kind kind = Kind::number;
};

class Row {
public:
    static constexpr std::size_t MOST = 4;

    constexpr Row(std::initializer_list<Word> words) : count_(words.size()) {
        std::size_t at = 0;
        for (const Word& word : words)
            words_.at(at++) = word;
    }
    constexpr std::size_t count() const { return count_; }
    constexpr const Word& operator[](std::size_t index) const { return words_.at(index); }

private:
    std::array<Word, MOST> words_{};
    std::size_t count_;
};

struct Shape {
    std::string_view name;
    Row arguments;
    Row answers;
};

inline constexpr Word SPACE{"space", Kind::number};
inline constexpr Word PAGE{"page", Kind::page};
inline constexpr Word RIGHTS{"rights", Kind::rights};
inline constexpr Word ACCESS{"access", Kind::access};
inline constexpr Word ADDRESS{"address", Kind::hex};
inline constexpr Word REPLY{"it returns", Kind::reply};
inline constexpr Word SEED{"values", Kind::hex};
inline constexpr Word BASE{"address in x", Kind::number};
inline constexpr Word WRONG{"registers with another value", Kind::registers};

inline constexpr std::array SHAPES{
    Shape{"TRAP_SAVE_ALL",
          {SEED},
          {WRONG,
           {"the frame's pc is the instruction's", Kind::yes},
           {"sscratch in the kernel", Kind::hex},
           {"tp is the hart's address", Kind::yes}}},
    Shape{"TRAP_RESTORE_ALL",
          {SEED, BASE},
          {{"the program runs on at the frame's pc", Kind::yes},
           WRONG,
           {"sscratch is the frame's address", Kind::yes}}},
    Shape{"a trap and back", {SEED, BASE}, {WRONG}},
    Shape{"fault_receive",
          {Word{"scause", Kind::cause}, {"stval", Kind::hex}, {"pc", Kind::hex}},
          {ADDRESS, {"pc", Kind::hex}, ACCESS}},
    Shape{"fault_dispatch",
          {Word{"running process", Kind::number}},
          {Word{"it is that process", Kind::yes}}},
    Shape{"a new space", {}, {}},
    Shape{"a region", {SPACE, PAGE, {"pages", Kind::number}, RIGHTS}, {}},
    Shape{"used frames", {}, {}},
    Shape{"fault_resolve",
          {SPACE, ACCESS, ADDRESS},
          {REPLY,
           {"resolution.page", Kind::page},
           {"resolution.rights", Kind::rights},
           {"resolution.supply", Kind::supply}}},
    Shape{"fault_frame",
          {},
          {REPLY, {"the frame is no other page's", Kind::yes}, {"resident frames", Kind::number}}},
    Shape{"fault_fill", {}, {REPLY}},
    Shape{"the filled frame", {}, {Word{"words that are not 0", Kind::number}}},
    Shape{"counters.faults", {Word{"supply", Kind::supply}}, {Word{"count", Kind::number}}},
    Shape{"the rig's own install", {}, {}},
    Shape{"the page's entry", {SPACE, PAGE}, {Word{"flags", Kind::flags}}},
    Shape{"stores of the program", {SPACE, PAGE, {"word", Kind::hex}}, {}},
    Shape{"loads of the program", {SPACE, PAGE}, {Word{"word", Kind::hex}}},
    Shape{"both spaces' frames", {SPACE, SPACE, PAGE}, {Word{"they are the same", Kind::yes}}},
    Shape{"fork", {SPACE}, {REPLY}},
    Shape{"free frames are counted", {}, {}},
    Shape{"free frames are counted again", {}, {Word{"fewer than before", Kind::number}}},
    Shape{"the end of a space", {SPACE}, {}},
    Shape{"a page table", {SPACE, PAGE}, {}},
    Shape{"fault_install",
          {SPACE, PAGE, RIGHTS, ACCESS},
          {REPLY, {"flags", Kind::flags}, {"the entry has the frame", Kind::yes}}},
    Shape{"fault_resume",
          {Word{"times", Kind::number}},
          {Word{"process.faults grew by", Kind::number}}},
};

constexpr bool is_step(std::uint64_t word) { return word < SHAPES.size(); }
constexpr const Shape& shape_of(Step step) { return SHAPES[static_cast<std::size_t>(step)]; }
constexpr bool is_watched(Step step) { return step == Step::install; }

} // namespace fault_lab
