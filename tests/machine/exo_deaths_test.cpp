// ExOS processes that end in the middle of something: the others go on, or all end in words.
// SPDX-License-Identifier: MIT
//
// The program (tests/hostile/exo/dies_anywhere.cpp) has a child end at a moment of an operation,
// and the next one a little later, until ExOS ends or the operation was done before. Each boot goes
// on behind the last moment, on the same disk, which is whole after each.
#include "command.hpp"

#include "../unity/sample.hpp"
#include "abi/machine_exit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <unistd.h>

namespace {

constexpr unsigned LONGEST = 4'000; // ticks; each operation is shorter, or waits for the disk

const std::vector<std::string> OPERATIONS{"0", "1", "2", "3", "4"};
constexpr std::size_t OPERATIONS_SAMPLE = 2;

// As a program's arguments.
std::string address_in_library(const std::string& symbol) {
    constexpr std::size_t DIGITS = 16;
    const std::string symbols =
        shell("riscv64-linux-gnu-nm '" BUILD "/guest-release/exo/library'").output;
    const std::size_t found = symbols.find(" T " + symbol + "\n");
    REQUIRE(found != std::string::npos);
    return std::to_string(std::stoull(symbols.substr(found - DIGITS, DIGITS), nullptr, 16));
}

struct Disk {
    std::string path = (std::filesystem::temp_directory_path() /
                        ("faultline-deaths-" + std::to_string(getpid()) + ".img"))
                           .string();
    Disk() {
        const std::string program = "bin/exo-dies-anywhere";
        const Answer made = shell("cp '" BUILD "/guest-release/disk.img' '" + path +
                                  "' && '" MKFS "' '" + path + "' --into --add " + program +
                                  "='" BUILD "/guest-release/hostile/" + program + "'");
        REQUIRE(made.status == 0);
    }
    ~Disk() { std::filesystem::remove(path); }
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;
};

// Boots once; the moment at which it ended, or nothing: the operation was done before.
std::optional<unsigned> end_once(const Disk& disk, const std::string& operation, unsigned from,
                                 unsigned step) {
    static const std::string entries = " arg=" + address_in_library("exception_entry") +
                                       " arg=" + address_in_library("slice_begins");
    std::string line = printed_line("exo --disk '" + disk.path + "' hello");
    const std::string plain = "program=hello";
    const std::size_t place = line.find(plain);
    REQUIRE(place != std::string::npos);
    line.replace(place, plain.size(),
                 "'program=exo-dies-anywhere arg=" + operation + " arg=" + std::to_string(from) +
                     " arg=" + std::to_string(step) + entries + "'");
    const Answer run = shell(line + " -icount shift=0");
    CAPTURE(run.output);
    CHECK(shell("'" MKFS "' --check '" + disk.path + "'").status == 0);
    CHECK(run.output.find("panic") == std::string::npos);
    if (run.status == 0)
        return std::nullopt;
    CHECK(run.status == machine_exit::PROGRAM_FAULT);
    CHECK(run.output.find(" ended in the middle of what all processes share") != std::string::npos);
    std::smatch match;
    const std::regex last(R"((?:[^]*\n)?at ([0-9]+)\r?\n[^]*)");
    REQUIRE(std::regex_match(run.output, match, last));
    return static_cast<unsigned>(std::stoul(match[1]));
}

} // namespace

TEST_CASE(
    "exo: a process killed at any moment of an operation takes ExOS with it in words, or none") {
    if (std::ranges::count(kernels(), "exo") == 0)
        return;
    const unsigned step = sample::at_full_length() ? 7 : 97;
    for (const std::string& operation : sample::of(OPERATIONS, OPERATIONS_SAMPLE)) {
        CAPTURE(operation);
        const Disk disk;
        for (unsigned from = 0; from < LONGEST;) {
            const auto ended = end_once(disk, operation, from, step);
            if (!ended)
                break;
            from = *ended + step;
        }
    }
}
