// The death of each of the microkernel's servers: the words that people see, and what lives on.
// SPDX-License-Identifier: MIT
//
// The servers are the real ones, linked once more so that they break in the middle of a request
// (tests/hostile/micro/deaths/). The program `outlives` makes one break by a call, and tells what
// can still be done.
#include "ram_disk.hpp"

#include "abi/machine_exit.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using Words = std::vector<std::string>;

constexpr int OF_THE_PROGRAM = 7;
// What it tells where nothing is missing.
const Words EVERYTHING{"read again: done\n", "read: done\n", "open: done\n",
                       "pipe: done\n",       "fork: done\n", "memory: done\n"};

// SERVER of the RAM disk is hostile/micro/SERVER-breaks-WHEN.
struct Breaking {
    std::string server;
    std::string when;
    std::string file() const { return "micro/" + server + "-breaks-" + when; }
};

bool built() { return std::ranges::count(kernels(), "micro") != 0; }

// A disk with the program, and a file that is larger than what the file server keeps in memory.
struct BreakingDisk : RamDisk {
    explicit BreakingDisk(const std::vector<Breaking>& servers) : RamDisk("micro") {
        for (const Breaking& breaking : servers)
            put_hostile(breaking.file(), "micro/" + breaking.server);
        put_hostile("bin/outlives", "bin/outlives");
        write("large", std::string(1'500'000, 'x'));
    }
};

// That BREAKING broke, where the linker has put that, and why.
std::string at_its_break(const Breaking& breaking) {
    constexpr std::size_t DIGITS = 16;
    const std::string symbols =
        shell("riscv64-linux-gnu-nm '" BUILD "/guest-release/hostile/" + breaking.file() + "'")
            .output;
    const std::size_t found = symbols.find(" T breaks\n");
    REQUIRE(found != std::string::npos);
    const std::string place = symbols.substr(found - DIGITS, DIGITS);
    return "program '" + breaking.server + "' ended: illegal instruction at pc 0x" +
           place.substr(place.find_first_not_of('0')) + ", value 0x0\n";
}

// All of WORDS, in this order.
void expect(const Answer& run, int status, const Words& words) {
    CAPTURE(run.output);
    CHECK(run.status == status);
    std::size_t from = 0;
    for (const std::string& word : words) {
        const std::size_t found = run.output.find(word, from);
        CHECK_MESSAGE(found != std::string::npos, word);
        from = found == std::string::npos ? from : found + word.size();
    }
    CHECK(run.output.find("panic") == std::string::npos);
}

// What `outlives` tells once SERVER, and others, break by CALL.
void expect_outlived(const std::vector<Breaking>& servers, const std::string& call, int status,
                     const Words& told) {
    if (!built())
        return;
    Words words{"outlives: now\n"};
    for (const Breaking& breaking : servers)
        words.push_back(at_its_break(breaking));
    words.insert(words.end(), told.begin(), told.end());
    expect(BreakingDisk(servers).boot("outlives", "personality=unix arg=" + call), status, words);
}

} // namespace

TEST_CASE("death: no server's, and the program that is to outlive them can do everything") {
    if (!built())
        return;
    Words words = EVERYTHING;
    words.insert(words.end(), {"outlives: now\n", "mkdir: done\n"});
    words.insert(words.end(), EVERYTHING.begin(), EVERYTHING.end());
    const Answer run = BreakingDisk({}).boot("outlives", "personality=unix arg=mkdir");
    expect(run, OF_THE_PROGRAM, words);
    CHECK(run.output.find("ended") == std::string::npos);
}

TEST_CASE("death: the file server's: files are input/output errors, pipes and memory go on") {
    const std::string error = "input/output error\n";
    expect_outlived({{"files", "at-mkdir"}}, "mkdir", OF_THE_PROGRAM,
                    {"mkdir: " + error, "read again: " + error, "read: " + error, "open: " + error,
                     "pipe: done\n", "fork: done\n", "memory: done\n",
                     "what was written last is lost: " + error});
}

TEST_CASE("death: the file server's: a page of the program that it is to read ends that in words") {
    expect_outlived({{"files", "at-mkdir"}}, "mkdir arg=file", machine_exit::PROGRAM_FAULT,
                    {"memory: done\n", "program 'outlives' ended: load page fault at pc 0x1e",
                     ": input/output error\n"});
}

TEST_CASE("death: the block driver's, with a write in flight: what is in memory can be read") {
    const std::string error = "input/output error\n";
    const Words told{"sync: " + error, "read again: done\n",
                     "read: " + error, "open: done\n",
                     "pipe: done\n",   "fork: done\n",
                     "memory: done\n", "what was written last is lost: " + error};
    expect_outlived({{"disk", "at-first-write"}}, "sync", OF_THE_PROGRAM, told);
}

// The disk is so slow that the driver is dead before the device begins: one request a second, after
// the first. The file server marks the block whose read has failed, and looks at it again later.
TEST_CASE("death: the block driver's, with a read in flight: the device writes no more") {
    if (!built())
        return;
    const Breaking driver{"disk", "at-second-read"};
    BreakingDisk disk({driver, {"files", "never"}});
    disk.set_drive("throttling.iops-total=1");
    expect(disk.boot("outlives", "personality=unix"), machine_exit::CANNOT_LOAD,
           {at_its_break(driver), "files: the block is left alone\n",
            "cannot start: no file system on the disk: input/output error\n"});
}

TEST_CASE("death: the pager's: what is in memory stays, and more memory is an input/output error") {
    const std::string error = "input/output error\n";
    expect_outlived({{"pager", "at-fork"}}, "fork", OF_THE_PROGRAM,
                    {"fork: " + error, "read again: done\n", "read: done\n", "open: done\n",
                     "pipe: done\n", "fork: " + error, "memory: " + error,
                     "what was written last is lost: " + error});
}

TEST_CASE("death: the pager's: the first touch of a page ends its program in words") {
    expect_outlived({{"pager", "at-fork"}}, "fork arg=zeroes", machine_exit::PROGRAM_FAULT,
                    {"memory: input/output error\n", "'outlives' has no pager\n",
                     "program 'outlives' ended: store page fault at pc 0x1e",
                     ": no such process\n"});
}

TEST_CASE("death: the pager's, with a fault to mend: the program that faulted ends in words") {
    expect_outlived({{"pager", "at-fault"}}, "touch", machine_exit::PROGRAM_FAULT,
                    {"program 'outlives' ended: store page fault at pc 0x1e",
                     ", address 0x3f000000: no such process\n",
                     "what was written last is lost: input/output error\n"});
}

TEST_CASE("death: the second pager's, before it has a region: the first pager keeps it") {
    Words told{"advise: done\n"};
    told.insert(told.end(), EVERYTHING.begin(), EVERYTHING.end());
    expect_outlived({{"second-pager", "at-region"}}, "advise", OF_THE_PROGRAM, told);
}

TEST_CASE("death: the second pager's, with a fault to mend: the program that advised ends") {
    expect_outlived({{"second-pager", "at-fault"}}, "advise", machine_exit::PROGRAM_FAULT,
                    {"program 'outlives' ended: store page fault at pc 0x1e",
                     ", address 0x3f000000: no such process\n"});
}

TEST_CASE("death: the scheduler's: the kernel gives its groups their turns") {
    Words told{"group: done\n"};
    told.insert(told.end(), EVERYTHING.begin(), EVERYTHING.end());
    expect_outlived({{"scheduler", "at-notice"}}, "group", OF_THE_PROGRAM, told);
}

TEST_CASE("death: the console's: what is written is shown by the kernel") {
    if (!built())
        return;
    const Breaking console{"console", "at-output"};
    expect(BreakingDisk({console}).boot("outlives", "personality=unix arg=mkdir"), OF_THE_PROGRAM,
           {at_its_break(console), "outlives: now\n", "mkdir: done\n", "read: done\n",
            "memory: done\n"});
}

TEST_CASE("death: the console's: who waits for a key waits for nothing, and that is said") {
    if (!built())
        return;
    const Breaking console{"console", "at-output"};
    expect(BreakingDisk({console}).boot_beside_disk("personality=unix"),
           machine_exit::NOTHING_PENDING,
           {at_its_break(console),
            "nothing runnable, nothing pending: program 'init' sleeps for ever\n"});
}

TEST_CASE("death: UNIX's: no program goes on without it, and the machine ends in words") {
    expect_outlived({{"unix", "at-mkdir"}}, "mkdir", machine_exit::PROGRAM_FAULT,
                    {"no program goes on without 'unix': the machine ends\n"});
}

TEST_CASE("death: root's, when it has started the others: UNIX has no command line, and says so") {
    if (!built())
        return;
    const Breaking root{"root", "after-start"};
    expect(BreakingDisk({root}).boot("outlives", "personality=unix"), machine_exit::CANNOT_LOAD,
           {at_its_break(root), "cannot start: the kernel's command line: no such process\n"});
}

TEST_CASE("death: root's, when it hears of another's: all else lives on, and the machine ends") {
    const std::string error = "input/output error\n";
    expect_outlived({{"disk", "at-first-write"}, {"root", "at-burial"}}, "sync", OF_THE_PROGRAM,
                    {"sync: " + error, "read again: done\n", "read: " + error, "open: done\n",
                     "pipe: done\n", "fork: done\n", "memory: done\n"});
}
