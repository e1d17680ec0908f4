// Damaged programs: the checker ends, in time and in words, whatever it is given.
// SPDX-License-Identifier: MIT
//
// Each is a program of the corpus with a few words left out, written twice, moved, exchanged for
// words of another program, or put into brackets. What comes of it is mostly no C++ any more, now
// and then C++ that nobody would write.
#include "check.hpp"
#include "programs.hpp"

#include "../unity/sample.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <random>
#include <regex>

namespace fs = std::filesystem;

namespace {

constexpr unsigned SEEDS = 200;
constexpr std::size_t SAMPLE = 30;
constexpr unsigned PATIENCE = 10; // seconds of the processor's time

// A program's words and the blanks between them.
std::vector<std::string> words_of(const std::string& text) {
    const std::regex word(R"([A-Za-z_0-9]+|\s+|//[^\n]*|[^A-Za-z_0-9\s])");
    std::vector<std::string> words;
    for (std::sregex_iterator at(text.begin(), text.end(), word), end; at != end; ++at)
        words.push_back(at->str());
    return words;
}

class Damage {
public:
    explicit Damage(unsigned seed) : numbers_(seed) {}

    std::string program() {
        const std::vector<fs::path> all =
            corpus::programs(below(2) == 0 ? "corpus/safe" : "corpus/unsafe");
        std::vector<std::string> words = words_of(corpus::text_of(all[below(all.size())]));
        const std::vector<std::string> others = words_of(corpus::text_of(all[below(all.size())]));
        for (std::size_t times = 1 + below(8); times != 0 && !words.empty(); --times)
            change(words, others);
        std::string text;
        for (const std::string& word : words)
            text += word;
        return text;
    }

private:
    using Words = std::vector<std::string>;

    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(numbers_);
    }
    // A part of WORDS: its first word, and how many.
    std::pair<std::size_t, std::size_t> part(const Words& words) {
        const std::size_t first = below(words.size());
        return {first, 1 + below(std::min<std::size_t>(words.size() - first, 40))};
    }

    void change(Words& words, const Words& others) {
        const auto [first, count] = part(words);
        const auto at = words.begin() + static_cast<std::ptrdiff_t>(first);
        const auto end = at + static_cast<std::ptrdiff_t>(count);
        switch (below(6)) {
        case 0:
            words.erase(at, end);
            break;
        case 1: {
            const Words twice(at, end);
            words.insert(end, twice.begin(), twice.end());
            break;
        }
        case 2:
            std::rotate(words.begin(), at, end);
            break;
        case 3: {
            const auto [from, number] = part(others);
            words.insert(at, others.begin() + static_cast<std::ptrdiff_t>(from),
                         others.begin() + static_cast<std::ptrdiff_t>(from + number));
            break;
        }
        case 4: {
            const std::array<std::pair<const char*, const char*>, 6> brackets{{{"(", ")"},
                                                                               {"{", "}"},
                                                                               {"[", "]"},
                                                                               {"<", ">"},
                                                                               {"template <", ">"},
                                                                               {"[&] {", "}()"}}};
            const auto& [open, close] = brackets[below(brackets.size())];
            words.insert(end, close);
            words.insert(words.begin() + static_cast<std::ptrdiff_t>(first), open);
            break;
        }
        default:
            words[first] = others[below(others.size())];
        }
    }

    std::mt19937 numbers_;
};

// How the checker ended: with findings or none, or with words why there are none.
std::string end_of_check(const fs::path& file) {
    try {
        static_cast<void>(safe::check_contained(file.string(), corpus::flags(),
                                                safe::Folders::of_tree(TOP), PATIENCE));
        return "checked";
    } catch (const safe::Missing& missing) {
        return missing.what();
    }
}

} // namespace

TEST_CASE("200 damaged programs are checked to the end, or refused in words") {
    const fs::path file = fs::path(SCRATCH) / "damaged.cpp";
    for (const unsigned seed : sample::of(1, SEEDS, SAMPLE)) {
        CAPTURE(seed);
        std::ofstream(file, std::ios::trunc) << Damage(seed).program();
        const std::string end = end_of_check(file);
        CAPTURE(end);
        CHECK(end.find("signal") == std::string::npos);
        CHECK(!end.empty());
    }
    fs::remove(file);
}
