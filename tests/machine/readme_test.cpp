// The README shows what the command really prints.
// SPDX-License-Identifier: MIT
#include "command.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

namespace {

// The first fenced block after the heading "What it shows".
std::string shown_output() {
    std::ifstream input(TOP "/README.md");
    std::ostringstream all;
    all << input.rdbuf();
    const std::string text = all.str();
    const std::size_t heading = text.find("## What it shows\n");
    const std::size_t start = text.find("```\n", heading) + 4;
    return text.substr(start, text.find("\n```", start) + 1 - start);
}

} // namespace

TEST_CASE("README: the table is what compare prints") {
    // A build of fewer kernels cannot say; another compiler generates other instructions.
    if (kernels().size() < 4 || CROSS_COMPILER_MAJOR != 12)
        return;
    const Answer answer = faultline("compare");
    CHECK(answer.status == 0);
    // Differs? Copy the output of `./faultline compare | cat` into README.md.
    CHECK(shown_output() == answer.output);
}
