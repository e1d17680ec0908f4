// Small extensions on the SPIN kernel (tests/extensions/): what they may import, cost and lose.
// SPDX-License-Identifier: MIT
#include "bound.hpp"
#include "ram_disk.hpp"

#include "abi/machine_exit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>

namespace {

const std::string PROGRAM = "spin-client"; // under a pager that does what it should

// What the SPIN kernel says with EXTENSIONS on its disk and WORDS at boot.
std::string output_with(const std::vector<std::string>& extensions, const std::string& words) {
    const RamDisk disk("spin");
    disk.put_hostile("bin/" + PROGRAM, "bin/" + PROGRAM);
    disk.put_hostile("spin/serves-well.o", "spin/wired.o");
    for (const std::string& extension : extensions)
        disk.put_hostile("spin/" + extension + ".o", "spin/" + extension + ".o");
    const Answer run = disk.boot(PROGRAM, words);
    CAPTURE(run.output);
    CHECK(run.status == 0);
    CHECK(run.output.find("spin: still here") != std::string::npos);
    return run.output;
}

int number_in(const std::string& output, const std::string& pattern) {
    std::smatch match;
    CAPTURE(output);
    REQUIRE(std::regex_search(output, match, std::regex(pattern)));
    return std::stoi(match[1]);
}

int count_in(const std::string& output, const std::string& words) {
    int count = 0;
    for (std::size_t at = 0; (at = output.find(words, at)) != std::string::npos; ++at)
        ++count;
    return count;
}

bool built() { return std::ranges::count(kernels(), "spin") != 0; }

} // namespace

TEST_CASE("extension: one calls another's functions") {
    if (!built())
        return;
    const std::string output =
        output_with({"counter", "importer"}, "extension=counter extension=importer");
    CHECK(output.find("counter: 7\n") != std::string::npos);
}

TEST_CASE("extension: a linked call, a raise and the way from a trap to its handler are short") {
    if (!built())
        return;
    const std::string output =
        output_with({"counter", "bench"}, "extension=counter extension=bench");
    const std::map<std::string, std::uint64_t> bounds{
        {"linked-call", 6}, {"raise", 20}, {"trap-to-handler", 135}};
    for (const auto& [operation, bound] : bounds) {
        CAPTURE(operation);
        const int median = number_in(output, "bench " + operation + " min [0-9]+ median ([0-9]+) ");
        CHECK(median > 0);
        CHECK(median <= static_cast<int>(faultline::bound_for(COMPILER, bound)));
    }
}

TEST_CASE("extension: who imports from one that breaks falls with it, and nobody else") {
    if (!built())
        return;
    const std::string output =
        output_with({"counter", "importer"}, "extension=counter extension=importer");
    CHECK(output.find("extension 'counter' broke at pc 0xffffffc0d4") != std::string::npos);
    CHECK(output.find("importer: outlived") == std::string::npos);
}

TEST_CASE("extension: an import that nobody before it offers is refused by name") {
    if (!built())
        return;
    const std::string output =
        output_with({"counter", "importer"}, "extension=importer extension=counter");
    CHECK(output.find("imports a name that nobody exports: counter_") != std::string::npos);
}

TEST_CASE("extension: who is no loader cannot import the module Domain") {
    if (!built())
        return;
    const std::string output = output_with({"cycle"}, "extension=cycle");
    CHECK(output.find("imports a name that nobody exports: domain_") != std::string::npos);
}

TEST_CASE("extension: what is no object of the RAM disk is refused, and nothing is lost") {
    if (!built())
        return;
    const RamDisk disk("spin");
    for (const std::string name : {"unfit", "small"})
        disk.put_hostile("spin/" + name + ".o", "spin/" + name + ".o");
    disk.write("spin/note.o", "no object\n");
    disk.put_program("nothing");
    const Answer run = disk.boot("nothing", "loader=unfit");
    CAPTURE(run.output);
    CHECK(run.status == 0);
    for (const std::string what : {"own memory", "of the kernel", "beyond all", "nothing"})
        CHECK(run.output.find("unfit " + what + ": invalid") != std::string::npos);
    for (const std::string what : {"its end", "its beginning", "longer by a byte", "no object"})
        CHECK(run.output.find("unfit " + what + ": not permitted") != std::string::npos);
    CHECK(run.output.find("unfit lost: 0 frames and 0 of the kernel, 0 domains") !=
          std::string::npos);
}

TEST_CASE("extension: loaded, used, broken and unloaded 1,000 times, and nothing is lost") {
    if (!built())
        return;
    const std::string output = output_with({"cycle", "small"}, "loader=cycle");
    std::smatch before;
    std::smatch after;
    REQUIRE(std::regex_search(output, before, std::regex("cycle before: ([^\n]*)")));
    REQUIRE(std::regex_search(output, after, std::regex("cycle after : ([^\n]*)")));
    CHECK(before[1] == after[1]);
    CHECK(output.find("cycle: done\n") != std::string::npos);
    CHECK(count_in(output, "'small' broke") == 1000);
}

TEST_CASE("extension: kernel procedures have the stack that they need, or are not entered") {
    if (!built())
        return;
    const auto expect_dives = [](const Answer& run, int status) {
        CAPTURE(run.output);
        CHECK(run.status == status);
        // At a gate, and not inside the kernel.
        CHECK(count_in(run.output, "extension 'diver' broke at pc 0xffffffc0d") == 4);
        CHECK(count_in(run.output, "extension 'swimmer' broke at pc 0xffffffc0d") == 1);
        CHECK(count_in(run.output, ": used up its stack\n") == 5);
        CHECK(run.output.find("swimmer: nothing is lost\n") != std::string::npos);
    };
    for (const std::string build : {"release", "debug"}) {
        CAPTURE(build);
        RamDisk disk("spin", build);
        for (const std::string name : {"swimmer", "diver", "small"})
            disk.put_hostile("spin/" + name + ".o", "spin/" + name + ".o");
        disk.put_program("nothing");
        expect_dives(disk.boot("nothing", "loader=swimmer"), 0); // no disk
        disk.put_hostile("spin/counter.o", "spin/unix.o");
        expect_dives(disk.boot_beside_disk("loader=swimmer"), machine_exit::NOTHING_PENDING);
    }
}

TEST_CASE("extension: who holds more than it needs gives up frames of its choice") {
    if (!built())
        return;
    const std::string output = output_with({"hoarder"}, "extension=hoarder");
    CHECK(count_in(output, "hoarder: named another") == 8); // a page each that the program touches
}

namespace {

// What the SPIN kernel says with `judge` and `victim` where its own extensions are.
std::string judgement_of(const std::string& victim) {
    RamDisk disk("spin");
    disk.set_memory(64); // of which one extension's slot can hold all that is the kernel's
    disk.put_hostile("spin/judge.o", "spin/files.o");
    disk.put_hostile("spin/victim.o", "spin/pager.o");
    disk.put_hostile("spin/counter.o", "spin/unix.o");
    const Answer run = disk.boot(PROGRAM, "personality=unix victim=" + victim);
    CAPTURE(run.output);
    CHECK(run.status == 0);
    CHECK(run.output.find("judge: what was written was read\n") != std::string::npos);
    CHECK(run.output.find("extension 'pager' broke at pc 0xffffffc0c4") != std::string::npos);
    CHECK(run.output.find("victim: ") == std::string::npos);
    return run.output;
}

} // namespace

TEST_CASE("extension: the disk serves on, and keeps what it may reach, after its user fell") {
    if (!built())
        return;
    const std::string serves = "judge: the disk serves, ";
    const std::string of_a_frame = judgement_of("frame");
    CAPTURE(of_a_frame);
    CHECK(of_a_frame.find(serves + "1 frames and 0 of the kernel came back\n") !=
          std::string::npos);
    const std::string of_memory = judgement_of("memory");
    CAPTURE(of_memory);
    CHECK(of_memory.find(serves + "0 frames and 1 of the kernel came back\n") != std::string::npos);
}

TEST_CASE("extension: a key reaches its handler, also one that breaks while nobody runs") {
    if (!built())
        return;
    const RamDisk disk("spin");
    disk.put_hostile("spin/typist.o", "spin/files.o");
    for (const std::string member : {"spin/pager.o", "spin/unix.o"})
        disk.put_hostile("spin/counter.o", member);
    const Answer ended = disk.boot(PROGRAM, "personality=unix", "xxe");
    CAPTURE(ended.output);
    CHECK(ended.status == 7);
    CHECK(ended.output.find("typist: a key\n") != std::string::npos);
    const Answer broken = disk.boot(PROGRAM, "personality=unix", "xxb");
    CAPTURE(broken.output);
    CHECK(broken.status == machine_exit::NOTHING_PENDING);
    CHECK(broken.output.find("extension 'files' broke at pc 0xffffffc0c0") != std::string::npos);
    const Answer endless = disk.boot(PROGRAM, "personality=unix", "xxl");
    CAPTURE(endless.output);
    CHECK(endless.status == machine_exit::NOTHING_PENDING);
    CHECK(endless.output.find("past its deadline\n") != std::string::npos);
}
