// Extensions of the corpus that not the checker is to stop, but what stands behind it.
// SPDX-License-Identifier: MIT
//
// tests/safe-check/corpus/unsafe/: those whose gate is the compiler, the linker or the kernel.
#include "ram_disk.hpp"

#include "abi/machine_exit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace fs = std::filesystem;

namespace {

constexpr std::size_t SAMPLE = 6;
const std::string PROGRAM = "spin-client";

std::string text_of(const fs::path& file) {
    std::ifstream input(file);
    REQUIRE_MESSAGE(input.good(), file.string());
    return {std::istreambuf_iterator<char>(input), {}};
}

std::vector<fs::path> for_others_than_the_checker() {
    std::vector<fs::path> all;
    for (const auto& entry : fs::directory_iterator(TOP "/tests/safe-check/corpus/unsafe"))
        if (text_of(entry.path()).find("// gate: checker\n") == std::string::npos)
            all.push_back(entry.path());
    std::ranges::sort(all);
    return all;
}

// In the place of the extension that pages a program, beside one that looks at its own memory.
void expect_contained(const RamDisk& disk) {
    const Answer run = disk.boot(PROGRAM, "extension=witness");
    CAPTURE(run.output);
    const std::set<int> ends{0, machine_exit::CANNOT_LOAD, machine_exit::NOTHING_PENDING,
                             machine_exit::PROGRAM_FAULT};
    CHECK(ends.contains(run.status));
    CHECK(run.output.find("kernel panic") == std::string::npos);
    CHECK(run.output.find("trap in the kernel") == std::string::npos);
    CHECK(run.output.find("witness: a frame was") == std::string::npos);
    const bool is_there = run.output.find("witness: here") != std::string::npos;
    CHECK((is_there || run.status == machine_exit::CANNOT_LOAD));
}

} // namespace

TEST_CASE("corpus: what is left to compiler, linker and kernel is stopped by one of them") {
    if (std::ranges::count(kernels(), "spin") == 0)
        return;
    CHECK(for_others_than_the_checker().size() >= 30);
    for (const fs::path& file : sample::of(for_others_than_the_checker(), SAMPLE)) {
        CAPTURE(file.filename().string());
        const RamDisk disk("spin");
        disk.put_hostile("bin/" + PROGRAM, "bin/" + PROGRAM);
        disk.put_hostile("spin/witness.o", "spin/witness.o");
        const Answer made = disk.compile(file.string(), "spin/wired.o");
        CAPTURE(made.output);
        CHECK((made.status == 0 || made.status == 1));
        if (made.status == 0)
            expect_contained(disk);
    }
}
