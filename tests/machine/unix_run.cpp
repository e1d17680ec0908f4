// A run of a program on UNIX, and what a kernel's page says it does not promise.
// SPDX-License-Identifier: MIT
#include "unix_run.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <regex>

Answer run(const std::string& kernel, const std::string& program, const std::string& options,
           const std::string& machine) {
    return shell(printed_line(kernel + " --drop-writes " + options + " " + program) + " " + machine,
                 240);
}

void expect_end(const Answer& answer, int status, const std::string& words) {
    CAPTURE(answer.output);
    CHECK(answer.status == status);
    CHECK(answer.output.find(words) != std::string::npos);
    CHECK(answer.output.find("kernel panic") == std::string::npos);
}

Names not_promised(const std::string& kernel) {
    static const std::regex heading("## What .* does not promise");
    static const std::regex row(R"(\| `([^`]+)` \|.*)");
    std::ifstream page(TOP "/docs/" + kernel + ".md");
    Names names;
    bool is_below = false;
    std::smatch match;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## "))
            is_below = std::regex_match(line, heading);
        else if (is_below && std::regex_match(line, match, row))
            CHECK_MESSAGE(names.insert(match[1]).second, match[1].str(), " stands there twice");
    }
    return names;
}
