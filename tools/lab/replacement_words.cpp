// Frames, queues and traces in words.
// SPDX-License-Identifier: MIT
#include "replacement_words.hpp"

#include "text.hpp"

#include "abi/lab_replacement.hpp"

#include <algorithm>

namespace lab::replacement {

using namespace replacement_lab;

namespace {

Ask ask_of(Words query) { return static_cast<Ask>(query[0]); }
Policy policy_of(Words query) { return static_cast<Policy>(query[1]); }

std::string policy_words(Words query) {
    switch (policy_of(query)) {
    case Policy::fifo:
        return "fifo";
    case Policy::clock:
        return "clock";
    case Policy::lru:
        return "lru";
    case Policy::own:
        return "own";
    }
    return "?";
}

// Ages say nothing to a policy that has none.
std::string frame_words(const Frame& frame, Words query) {
    return std::to_string(frame.number) + (frame.accessed ? "*" : "") +
           (policy_of(query) == Policy::lru ? "/" + faultline::hex(frame.age) : "") +
           (frame.number == query[2] ? "(kept)" : "");
}

std::string queue_words(Words frames, Words query) {
    std::string words;
    for (const std::uint64_t word : frames)
        words += (words.empty() ? "" : " ") + frame_words(Frame::of(word), query);
    return words.empty() ? "empty" : words;
}

std::string trouble_words(std::uint64_t trouble) {
    switch (static_cast<Trouble>(trouble)) {
    case Trouble::none:
        return "nothing was wrong";
    case Trouble::not_resident:
        return "it asked for the bit or the age of a frame that is not in the queue, or moved one: "
               "ring() is no frame";
    case Trouble::chose_kept:
        return "it chose the kept frame, which is being copied from";
    case Trouble::chose_no_frame:
        return "it chose a frame that is in no queue";
    case Trouble::chose_nobody:
        return "it chose nobody (ring()), though a frame could go";
    case Trouble::chose_in_vain:
        return "it chose a frame though none could go";
    case Trouble::never_ends:
        return "it did not come to an end: it looked at the queue " +
               faultline::grouped(MOST_STEPS) + " times for one choice";
    }
    return "it wrote over its own answer";
}

std::string victim_words(std::uint64_t victim) {
    return victim == NOBODY ? "nobody goes (ring())" : "frame " + std::to_string(victim) + " goes";
}

Difference of_choice(Words query, Words expected, Words given) {
    if (given.size() < 2 || expected[1] != given[1])
        return {victim_words(expected[1]), given.size() < 2 ? "no answer" : victim_words(given[1])};
    return {"then the queue is " + queue_words(expected.subspan(2), query),
            "it is " + queue_words(given.subspan(2), query)};
}

std::uint64_t packed(Words words, std::uint64_t index) {
    return index / PACKED < words.size() ? words[index / PACKED] >> 8 * (index % PACKED) & 0xff : 0;
}

Difference of_trace(Words expected, Words given) {
    if (given.size() < 3)
        return {"an answer", "none"};
    const std::uint64_t most = std::min(expected[2], given[2]);
    const std::string counts = " (" + faultline::grouped(expected[1]) + " faults in all)";
    for (std::uint64_t i = 0; i < most; ++i) {
        const auto right = packed(expected.subspan(3), i), wrong = packed(given.subspan(3), i);
        if (right != wrong)
            return {"victim " + std::to_string(i + 1) + " is page " + std::to_string(right) +
                        counts,
                    "it is page " + std::to_string(wrong) + " (" + faultline::grouped(given[1]) +
                        " faults in all)"};
    }
    return {std::to_string(expected[2]) + " victims" + counts,
            std::to_string(given[2]) + " victims, " + faultline::grouped(given[1]) + " faults"};
}

} // namespace

std::optional<Difference> difference(Words query, Words expected, Words given) {
    const auto same = [&](std::size_t count) {
        return count <= given.size() &&
               std::ranges::equal(expected.first(count), given.first(count));
    };
    if (same(expected.size()))
        return std::nullopt;
    const bool sound = !given.empty() && given[0] == expected[0];
    Difference difference =
        !sound                         ? Difference{"a sound choice",
                            given.empty() ? "no answer at all" : trouble_words(given[0])}
                                : ask_of(query) == Ask::choose ? of_choice(query, expected, given)
                                       : of_trace(expected, given);
    difference.expected = under_way(query, 0) + ": " + difference.expected;
    return difference;
}

std::string under_way(Words query, std::size_t /*answers*/) {
    switch (ask_of(query)) {
    case Ask::choose:
        return policy_words(query) + "::choose in the queue " +
               queue_words(query.subspan(3), query) +
               (query.size() > 3 ? ", oldest first (* accessed)" : "");
    case Ask::play:
        return policy_words(query) + " with " + std::to_string(query[2]) + " frames and " +
               std::to_string(query[3]) + " references";
    case Ask::walk:
        return policy_words(query) + " with " + std::to_string(query[2]) + " frames on a walk of " +
               std::to_string(query[6]) + " references";
    }
    return "?";
}

} // namespace lab::replacement
