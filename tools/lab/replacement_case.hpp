// What lab 3's cases hold besides queries of the rig.
// SPDX-License-Identifier: MIT
//
// Part of case.hpp. Made by author/replacement_cases.cpp; judged by judge_replacement.cpp.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lab::replacement {

// A query of the rig lets the student's own policy play a trace. Its answer has no one right value.
struct Played {
    std::string trace{};
    std::uint64_t clock = 0; // faults that clock makes of it
    std::uint64_t most = 0;  // faults that are few enough; 0: any number is
};

// What the student says of these: for all of them together.
struct Claim {
    enum class Kind {
        loses,  // own.loses names a trace where one's own policy has more faults than clock
        counts, // the four numbers are right
    } kind = Kind::loses;
};

// A program of known references under a whole kernel: its page faults, in order.
struct Faults {
    std::string program{};
    std::string boot{};                   // further words of the kernel's command line
    std::vector<std::string> arguments{}; // the program's
    std::vector<std::uint64_t> pages{};   // expected: CODE, or a page of its mapping
    std::uint64_t most = 0;               // expected instead, if PAGES is empty: at most so many
    static constexpr std::uint64_t CODE = 0xffff; // the page that the program itself is in
};

// A reference string by the student, for first in, first out.
struct Anomaly {
    enum class Kind {
        more,   // it has more faults with one frame more
        counts, // the numbers of faults are those that the student says
    } kind = Kind::more;
    std::uint64_t frames = 0;
    std::uint64_t longest = 0; // references
};

// Instructions of one stage of a program's fault, which the student measured.
struct Cost {
    std::string key{}; // in answers.txt
    std::string program{};
    std::string boot{};
    std::string stage{};
    unsigned percent = 0;
};

struct Parts {
    std::optional<Played> played{};
    std::optional<Claim> claim{};
    std::optional<Faults> faults{};
    std::optional<Anomaly> anomaly{};
    std::optional<Cost> cost{};

    bool empty() const { return !played && !claim && !faults && !anomaly && !cost; }
};

nlohmann::ordered_json to_json(const Parts& parts);
// Throws what nlohmann throws.
Parts parts_in(const nlohmann::ordered_json& json);

} // namespace lab::replacement
