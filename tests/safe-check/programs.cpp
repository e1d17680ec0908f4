// Reading the corpus.
// SPDX-License-Identifier: MIT
#include "programs.hpp"

#include "check.hpp"
#include "flags.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace fs = std::filesystem;

namespace corpus {

std::string text_of(const fs::path& file) {
    std::ifstream input(file);
    REQUIRE_MESSAGE(input.good(), file.string());
    return {std::istreambuf_iterator<char>(input), {}};
}

std::vector<fs::path> programs(const std::string& folder) {
    std::vector<fs::path> all;
    for (const auto& entry : fs::directory_iterator(TOP "/tests/safe-check/" + folder))
        if (entry.path().extension() == ".cpp")
            all.push_back(entry.path());
    std::ranges::sort(all);
    return all;
}

const std::vector<std::string>& flags() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> words = safe::flags_for_compiler(CROSS_COMPILER);
        words.insert(words.end(), {"-std=c++2b", "-ffreestanding", "-I" TOP,
                                   "-I" TOP "/kernels/spin/extensions/pager/placement",
                                   "-isystem" TOP "/guest/include"});
        return words;
    }();
    return all;
}

} // namespace corpus
