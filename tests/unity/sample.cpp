// Which part of a long test runs: all of it, or a sample that another run can repeat.
// SPDX-License-Identifier: MIT
#include "sample.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string_view>

namespace sample {

bool at_full_length() {
    const char* tests = std::getenv("FAULTLINE_TESTS");
    return tests && std::string_view(tests) == "all";
}

static unsigned seed() {
    const char* given = std::getenv("FAULTLINE_SEED");
    static const unsigned drawn = std::random_device()() % 1'000'000;
    return given && *given ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : drawn;
}

std::vector<unsigned> of(unsigned first, unsigned last, std::size_t count) {
    std::vector<unsigned> chosen;
    for (unsigned number = first; number <= last; ++number)
        chosen.push_back(number);
    if (at_full_length() || count >= chosen.size())
        return chosen;
    const char* test = doctest::getContextOptions()->currentTest->m_name;
    // Each test has a sample of its own, and none depends on the tests before it.
    std::vector<unsigned> words{seed()};
    for (const char c : std::string_view(test))
        words.push_back(static_cast<unsigned char>(c));
    std::seed_seq sequence(words.begin(), words.end());
    std::mt19937 random(sequence);
    for (std::size_t i = 0; i < count; ++i)
        std::swap(chosen[i], chosen[i + random() % (chosen.size() - i)]);
    chosen.resize(count);
    std::ranges::sort(chosen);
    constexpr std::size_t most_shown = 12;
    std::printf("A sample: %zu of %u..%u", count, first, last);
    for (std::size_t i = 0; i < count && count <= most_shown; ++i)
        std::printf("%c %u", i == 0 ? ':' : ',', chosen[i]);
    std::printf("\nThe same sample again: ./faultline test --seed %u -R '%s'\n"
                "All of it:             ./faultline test --all -R '%s'\n",
                seed(), test, test);
    std::fflush(stdout);
    return chosen;
}

} // namespace sample
