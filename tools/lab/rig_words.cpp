// Which lab's rig speaks which language.
// SPDX-License-Identifier: MIT
#include "rig_words.hpp"

#include "failure.hpp"
#include "replacement_words.hpp"
#include "sv39_words.hpp"
#include "text.hpp"

namespace lab {

namespace {

std::optional<Difference> sv39_difference(RigWord query, RigWord expected, RigWord given) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (i < given.size() && given[i] == expected[i])
            continue;
        const auto right = sv39::said(query, expected, i);
        return Difference{right.step + ": " + right.answer, i < given.size()
                                                                ? sv39::said(query, given, i).answer
                                                                : "no answer at all"};
    }
    return std::nullopt;
}

std::size_t none_watched(RigWord /*query*/, std::size_t /*answers*/) { return 0; }
std::string no_step(RigWord /*query*/, std::size_t /*number*/) { return ""; }

constexpr RigWords SV39{sv39_difference, sv39::step_under_way, sv39::watched_steps,
                        sv39::watched_step};
constexpr RigWords REPLACEMENT{replacement::difference, replacement::under_way, none_watched,
                               no_step};

} // namespace

std::string cause_words(std::uint64_t cause) {
    switch (cause) {
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

const RigWords& rig_words(const Description& lab) {
    switch (lab.number) {
    case 1:
        return SV39;
    case 3:
        return REPLACEMENT;
    default:
        throw faultline::Failure(faultline::Exit::failed,
                                 "what the rig of lab " + std::to_string(lab.number) +
                                     " answers is not known here",
                                 "tools/lab/rig_words.cpp has the languages.");
    }
}

} // namespace lab
