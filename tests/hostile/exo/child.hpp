// An environment made by hand: a page of instructions, a page of data, and nothing else.
// SPDX-License-Identifier: MIT
//
// Its maker, the attack, runs on ExOS and writes into the same two pages: what the child does, and
// where it is entered. child.S says what there is. One child at a time.
#pragma once

#include "primitives.hpp"

#include <cstddef>

namespace hostile {

// In the maker's table.
inline constexpr std::uint64_t CHILD = SLOTS, PIECES = SLOTS + 1, MATERIAL = SLOTS + 8,
                               CODE_SLOT = SLOTS + 9, DATA_SLOT = SLOTS + 10,
                               FREE_SLOTS = SLOTS + 16;
// In the child's, which has part 0.
inline constexpr std::uint64_t CHILDS_DATA = 1, CHILDS_FREE = 2;

inline constexpr std::uint64_t CHILD_CODE = SCRATCH, CHILD_DATA = SCRATCH + PAGE_SIZE;
// Where its maker has the two pages.
inline constexpr std::uint64_t WINDOW = SCRATCH + 16 * PAGE_SIZE;

// One of the child's calls, and what came back.
struct ChildCall {
    std::uint64_t number;
    std::uint64_t a0, a1, a2, a3;
    std::int64_t answer;
    std::uint64_t second;
};

// The data page, as child.S knows it.
struct ChildData {
    std::uint64_t calls; // to be done, from call[0] on; stored last, and counted down
    std::uint64_t begun; // how often it was entered at `begin`
    std::uint64_t done;  // calls that came back
    abi::exo::Term terms[abi::exo::TERMS]; // put into its environment page before each call
    std::uint64_t word;                    // free for use
    ChildCall call[16];
};
static_assert(offsetof(ChildData, terms) == 24 && offsetof(ChildData, word) == 88 &&
              offsetof(ChildData, call) == 96 && offsetof(ChildCall, answer) == 40 &&
              sizeof(ChildCall) == 56);
inline volatile ChildData& child_data() {
    return *reinterpret_cast<volatile ChildData*>(WINDOW + PAGE_SIZE);
}

extern "C" {
// child.S: entry points, as addresses in the page that is copied.
extern const char child_page[], child_page_end[];
extern const char child_serves[], child_goes_on[], child_spins[], child_faults_again[],
    child_faults[], child_plays[], child_adds[], child_waits_for_nobody[],
    child_returns_to_nobody[], child_exits[], child_calls_for_ever[], child_dawdles[];
}
// Where the child has it.
inline std::uint64_t in_child(const char* entry) {
    return CHILD_CODE + static_cast<std::uint64_t>(entry - child_page);
}
inline abi::exo::Contexts serving() {
    return {in_child(child_faults_again), in_child(child_serves), in_child(child_goes_on)};
}

// Opens the workshop, too. Once.
void prepare_children();
// A child behind slot CHILD, with both its pages; it does not run yet. Its root's frame.
std::uint64_t make_child();
// It gets a slice, and runs when its maker lets it.
void begin_child(const abi::exo::Contexts& contexts);
inline void make_and_begin_child(const abi::exo::Contexts& contexts) {
    make_child();
    begin_child(contexts);
}
// Has the child do CALL; its answer. A child that does not answer: NO_ANSWER.
inline constexpr std::int64_t NO_ANSWER = -1000;
std::int64_t let_child(Primitive number, std::uint64_t a0 = 0, std::uint64_t a1 = 0,
                       std::uint64_t a2 = 0, std::uint64_t a3 = 0);
// The child is given this to do, and not waited for.
void tell_child(std::size_t index, Primitive number, std::uint64_t a0 = 0, std::uint64_t a1 = 0,
                std::uint64_t a2 = 0, std::uint64_t a3 = 0);
// The child may run for a while.
void let_child_run();

bool child_has_ended();
// Whether it is ended within the time of SLICES; by default, as if it did not yield.
bool child_is_ended_within(std::uint64_t slices);
inline bool child_is_ended() { return child_is_ended_within(3 * abi::exo::EXCESS_SLICES); }
// Ends it if it is there still, and empties CHILD.
void end_child();

} // namespace hostile
