// `faultline test`: which of the two sets is meant, with which seed, and how long it takes.
// SPDX-License-Identifier: MIT
#include "test_choice.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <algorithm>

namespace faultline {

// Measured on two idle cores from a fresh clone, the build left out (docs/testing.md). Of all, 20
// minutes are this machine's own and 24 the other Debian's, which not every machine can make.
constexpr std::chrono::seconds FIRST_SET_ON_TWO_CORES{8 * 60};
constexpr std::chrono::seconds ALL_ON_TWO_CORES{44 * 60};

TestChoice parse_test_words(const std::vector<std::string>& words) {
    TestChoice choice;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        const bool is_seed = word == "--seed" || word.starts_with("--seed=");
        if (word == "--all") {
            choice.all = true;
        } else if (is_seed) {
            const std::string next = i + 1 < words.size() ? words[i + 1] : "";
            choice.seed = word == "--seed" ? next : word.substr(word.find('=') + 1);
            i += word == "--seed" ? 1 : 0;
            if (choice.seed.empty() || choice.seed.size() > 9 ||
                choice.seed.find_first_not_of("0123456789") != std::string::npos)
                throw Failure(Exit::usage, "--seed wants a number of at most nine digits",
                              "A run prints its seed at its start.");
        } else {
            choice.ctest.push_back(word);
        }
    }
    return choice;
}

static std::string in_minutes(std::chrono::seconds time) {
    const auto minutes = std::max<long>(1, (time.count() + 30) / 60);
    return minutes == 1 ? "a minute" : std::to_string(minutes) + " minutes";
}

std::string duration_words(const TestChoice& choice, unsigned cores,
                           std::optional<std::chrono::seconds> last) {
    if (last)
        return "about " + in_minutes(*last) + ", as the last time here";
    const auto measured = choice.all ? ALL_ON_TWO_CORES : FIRST_SET_ON_TWO_CORES;
    const auto here = measured * 2 / std::max(cores, 1U);
    return "about " + in_minutes(here) + ", by what another machine's two idle cores took (" +
           in_minutes(measured) + "); this one has " + std::to_string(cores);
}

std::optional<std::chrono::seconds> duration_in(const std::string& text, const std::string& set) {
    for (const auto& line : lines_of(text))
        if (line.starts_with(set + ' '))
            if (const auto number = parse_number(line.substr(set.size() + 1)))
                return std::chrono::seconds(*number);
    return std::nullopt;
}

std::string with_duration(const std::string& text, const std::string& set,
                          std::chrono::seconds taken) {
    std::string result = set + ' ' + std::to_string(taken.count()) + '\n';
    for (const auto& line : lines_of(text))
        if (!line.empty() && !line.starts_with(set + ' '))
            result += line + '\n';
    return result;
}

} // namespace faultline
