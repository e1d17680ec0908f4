// Two library OSes at the same time on exo: ExOS, and the tiny one beside it.
// SPDX-License-Identifier: MIT
#include "ram_disk.hpp"

#include "abi/machine_exit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <unistd.h>

namespace {

bool built() { return std::ranges::count(kernels(), "exo") != 0; }

void expect(const Answer& run, int status, const std::string& words) {
    CAPTURE(run.output);
    CHECK(run.status == status);
    CHECK(run.output.find(words) != std::string::npos);
    CHECK(run.output.find("panic") == std::string::npos);
}

} // namespace

TEST_CASE("tiny: what an ExOS program notes there is there after the machine was off") {
    if (!built())
        return;
    const std::string disk = (std::filesystem::temp_directory_path() /
                              ("faultline-tiny-test-" + std::to_string(getpid()) + ".img"))
                                 .string();
    const auto notes = [&](const std::string& words) {
        return shell(printed_line("exo --disk '" + disk + "' notes -- " + words));
    };
    expect(notes("5"), 0, "notes: 5 is 0\n");
    expect(notes("5 77"), 0, "notes: 5 is 77\n");
    expect(notes("5"), 0, "notes: 5 is 77\n");
    expect(notes("256 1"), 1, "notes: invalid argument\n");
    expect(notes("1 18446744073709551615"), 1, "notes: invalid argument\n");
    std::filesystem::remove(disk);
}

TEST_CASE("tiny: without it a call is refused, and a library OS that is not there is named") {
    if (!built())
        return;
    const RamDisk disk("exo");
    expect(disk.boot_beside_disk("program=notes arg=5"), 1, "notes: not found\n");
    expect(disk.boot_beside_disk("program=notes beside=small"), machine_exit::CANNOT_LOAD,
           "cannot start program 'notes': lib/exo/small: not found\n");
}

// The kernel protects, and ExOS is one customer.
TEST_CASE("tiny: an ExOS program that spoils all of ExOS does not reach it") {
    if (!built())
        return;
    const RamDisk disk("exo");
    disk.put_hostile("bin/exo-spoils", "bin/exo-spoils");
    expect(disk.boot("exo-spoils", "beside=tiny"), 0, "exo: the other one is still here\n");
}

// Slices of an environment that waits cost those that run no more than a look.
TEST_CASE("tiny: the scenarios run beside it as they do alone") {
    if (!built())
        return;
    const RamDisk disk("exo");
    expect(disk.boot_beside_disk("program=cow beside=tiny"), 0,
           "the parent wrote to a copy, the child kept the page");
    expect(disk.boot_beside_disk("program=swap pool=64 beside=tiny"), 0,
           "every page came back with its own value");
}
