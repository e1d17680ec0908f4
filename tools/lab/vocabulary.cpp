// Which lab's rig is spoken of how.
// SPDX-License-Identifier: MIT
#include "vocabulary.hpp"

#include "failure.hpp"
#include "fault_words.hpp"
#include "replacement_words.hpp"
#include "sv39_words.hpp"
#include "text.hpp"

#include "abi/lab_fault.hpp"
#include "abi/lab_sv39.hpp"

namespace lab {

namespace {

using Words = Vocabulary::Words;

constexpr std::uint64_t FRAME_BYTES = 4096;

faultline::Range frames(std::uint64_t pool, std::uint64_t count) {
    return {pool, pool + count * FRAME_BYTES};
}

// Of a rig whose answers belong to one step each. SAID: the answer of an index.
template <Said (*said)(Words query, Words answers, std::size_t index)>
std::optional<Difference> of_steps(Words query, Words expected, Words given) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (i < given.size() && given[i] == expected[i])
            continue;
        const Said right = said(query, expected, i);
        return Difference{right.step + ": " + right.answer,
                          i < given.size() ? said(query, given, i).answer : "no answer at all"};
    }
    return std::nullopt;
}

std::size_t none_watched(Words /*query*/, std::size_t /*answers*/) { return 0; }
std::string no_step(Words /*query*/, std::size_t /*number*/) { return ""; }

} // namespace

std::string cause_words(std::uint64_t cause) {
    switch (cause) {
    case 1:
        return "instruction access fault";
    case 2:
        return "illegal instruction";
    case 5:
        return "load access fault (no memory is there)";
    case 7:
        return "store access fault (no memory is there)";
    case 12:
        return "instruction page fault";
    case 13:
        return "load page fault";
    case 15:
        return "store page fault";
    default:
        return "cause " + faultline::hex(cause);
    }
}

const Vocabulary& vocabulary_of(const Description& lab) {
    static const Vocabulary of_sv39{frames(sv39_lab::POOL, sv39_lab::TABLES), of_steps<sv39::said>,
                                    sv39::step_under_way, sv39::watched_step, sv39::watched_steps};
    static const Vocabulary of_fault{frames(fault_lab::POOL, fault_lab::FRAMES),
                                     of_steps<fault::said>, fault::step_under_way,
                                     fault::watched_step, fault::watched_steps};
    static const Vocabulary of_replacement{
        {}, replacement::difference, replacement::under_way, no_step, none_watched};
    switch (lab.number) {
    case 1:
        return of_sv39;
    case 2:
        return of_fault;
    case 3:
        return of_replacement;
    default:
        throw faultline::Failure(faultline::Exit::failed,
                                 "what the rig of lab " + std::to_string(lab.number) +
                                     " answers is not known here",
                                 "tools/lab/vocabulary.cpp has the languages.");
    }
}

} // namespace lab
