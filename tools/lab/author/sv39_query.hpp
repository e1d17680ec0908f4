// Builds a query of lab 1 and the right answers to it, step by step.
// SPDX-License-Identifier: MIT
//
// It keeps the tables as they should be while it goes, in words that it encodes by itself: the one
// place outside arch/riscv/sv39.hpp that does, and no kit has it. Next: sv39_cases.cpp.
#pragma once

#include "case.hpp"

#include "abi/lab_sv39.hpp"

#include <cstdint>
#include <map>
#include <random>
#include <vector>

namespace lab::sv39 {

// Bits of an entry.
inline constexpr std::uint64_t V = 1, R = 2, W = 4, X = 8, U = 16, G = 32, A = 64, D = 128;
inline constexpr std::uint64_t USER_RW = V | R | W | U | A | D;
inline constexpr std::uint64_t USER_RO = V | R | U | A | D;
inline constexpr std::uint64_t USER_RX = V | R | X | U | A | D;

constexpr std::uint64_t leaf(std::uint64_t frame, std::uint64_t flags) {
    return frame * 1024 + flags;
}
constexpr unsigned index_of(std::uint64_t page, unsigned level) {
    return static_cast<unsigned>(page / (level == 0 ? 1 : level == 1 ? 512 : 512 * 512) % 512);
}
constexpr std::uint64_t address_of(std::uint64_t page) { return page * 4096; }

// The same numbers from the same seed, whatever the library.
class Numbers {
public:
    explicit Numbers(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
    std::uint64_t word() { return engine_(); }
    // A page of the program's half, with no index 0 or equal to another of its own, so that an
    // index of the wrong level or table shows; not in the entry that is the rig's program's.
    std::uint64_t page();
    // The same below 2 GiB, where programs of the tree are.
    std::uint64_t low_page();

private:
    std::uint64_t page_below(std::uint64_t roots);
    std::mt19937_64 engine_;
};

class Query {
public:
    Query(); // the rig's own program stands in the root

    // Where the entry of PAGE at LEVEL stands, with the tables above it made (frames of the pool,
    // in turn) and written.
    std::uint64_t entry(std::uint64_t page, unsigned level = 0);
    void put(std::uint64_t where, std::uint64_t word); // written by the rig
    // PAGE -> FRAME by the rig.
    void place(std::uint64_t page, std::uint64_t frame, std::uint64_t flags) {
        put(entry(page), leaf(frame, flags));
    }

    // A step with its arguments, and its right answers.
    void step(sv39_lab::Step step, std::initializer_list<std::uint64_t> arguments,
              std::initializer_list<std::uint64_t> answers = {});
    // The same of a step that is watched.
    void change(sv39_lab::Step step, std::initializer_list<std::uint64_t> arguments,
                std::initializer_list<std::uint64_t> answers, DueFence due);
    void reads(std::uint64_t where, std::uint64_t word);
    void loads(std::uint64_t page, std::uint64_t frame);
    void stores(std::uint64_t page);
    void fetches(std::uint64_t page);
    // The access of that kind by a program faults.
    void faults(sv39_lab::Use use, std::uint64_t page);
    // The next tables that the student's code may take: so many. Returns the first.
    std::uint64_t stock(std::uint64_t count);

    RigCase take() { return std::move(made_); }

private:
    std::map<std::uint64_t, std::uint64_t> words_; // that the rig wrote, by place
    std::uint64_t next_table_ = 1;
    RigCase made_;
};

} // namespace lab::sv39
