// What a lab's rig is asked, and answers: records in its initial RAM disk.
// SPDX-License-Identifier: MIT
//
// A rig (labs/NN-name/rig.cpp) is a small guest kernel around a student's code. The judge hands it
// queries, and reads the answers in place when the machine has ended. Each query is a record of its
// own and says how far it came, so that a crash costs that one: the judge boots again with the
// rest. What the words mean is the lab's. All are little-endian, as both sides are.
#pragma once

#include <array>
#include <cstdint>

namespace rig {

inline constexpr std::uint64_t MAGIC = 0x67697220'62616c20; // " lab rig"
inline constexpr std::uint64_t VERSION = 1;
inline constexpr std::size_t WORDS = 128; // arguments, and answers, of a query at most

enum class State : std::uint64_t {
    not_begun,
    begun, // and never answered: it did not come back, or the machine ended
    answered,
    trapped, // `trap` says how; nothing was tried behind it
};

struct Trap {
    std::uint64_t cause = 0; // scause, stval, sepc
    std::uint64_t value = 0;
    std::uint64_t pc = 0;
};

struct Query {
    std::uint64_t argument_count = 0;
    std::array<std::uint64_t, WORDS> arguments{};
    std::uint64_t answer_count = 0; // grows with each answer
    std::array<std::uint64_t, WORDS> answers{};
    State state = State::not_begun;
    Trap trap{};
};

struct Header {
    std::uint64_t magic = MAGIC;
    std::uint64_t version = VERSION;
    std::uint64_t count = 0; // of queries, which follow
};

static_assert(sizeof(Header) == 24 && sizeof(Query) == (2 + 2 * WORDS + 4) * 8);

} // namespace rig
