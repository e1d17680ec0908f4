// What lab 3's rig is asked and answers, in words.
// SPDX-License-Identifier: MIT
//
// abi/lab_replacement.hpp says what the words of a query mean. Next:
// vocabulary.cpp.
#pragma once

#include "vocabulary.hpp"

namespace lab::replacement {

using Words = Vocabulary::Words;

// Where the answers GIVEN first differ from what is EXPECTED; nothing where they do not.
std::optional<Difference> difference(Words query, Words expected, Words given);

// "the choice of clock in the queue 7* 3 12(kept), oldest first".
std::string under_way(Words query, std::size_t answers);

} // namespace lab::replacement
