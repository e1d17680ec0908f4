// What lab 3's rig is asked and answers, in words.
// SPDX-License-Identifier: MIT
//
// abi/lab_replacement.hpp says what the words of a query mean. Next: judge_rig puts it into
// findings.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace lab::replacement {

using Words = std::span<const std::uint64_t>;

struct Difference {
    std::string expected;
    std::string observed;
};
// Where the answers GIVEN first differ from what is EXPECTED; nothing where they do not.
std::optional<Difference> difference(Words query, Words expected, Words given);

// "the choice of clock in the queue 7* 3 12(kept), oldest first".
std::string asked(Words query);

} // namespace lab::replacement
