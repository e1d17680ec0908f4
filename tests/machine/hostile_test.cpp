// Hostile programs and servers (tests/hostile/): the kernel refuses in words and lives on.
// SPDX-License-Identifier: MIT
//
// Extensions of the SPIN kernel: hostile_extension_test.cpp.
#include "ram_disk.hpp"

#include "../unity/sample.hpp"
#include "abi/machine_exit.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace {

using Words = std::vector<std::string>;

constexpr int WELL = 0;
constexpr int FAULT = machine_exit::PROGRAM_FAULT;
constexpr int NOTHING_PENDING = machine_exit::NOTHING_PENDING;

// Guest build and seed.
const std::vector<std::pair<std::string, std::string>> FUZZ_RUNS{
    {"release", "1"}, {"release", "2"}, {"release", "3"}, {"debug", "1"}};
constexpr std::size_t FUZZ_SAMPLE = 2; // of these, where a sample is enough

bool built(const std::string& kernel) { return std::ranges::count(kernels(), kernel) != 0; }

void expect(const Answer& run, int status, const Words& words) {
    CAPTURE(run.output);
    CHECK(run.status == status);
    for (const std::string& word : words)
        CHECK_MESSAGE(run.output.find(word) != std::string::npos, word);
    CHECK(run.output.find("panic") == std::string::npos);
}

Answer boot_program(const std::string& kernel, const std::string& program,
                    const std::string& build = "release") {
    const RamDisk disk(kernel, build);
    disk.put_hostile("bin/" + program, "bin/" + program);
    return disk.boot(program);
}

// Micro, with the fake pager PAGER.
void expect_under(const std::string& pager, int status, const Words& words,
                  const std::string& program = "micro-touches-pages") {
    if (!built("micro"))
        return;
    const RamDisk disk("micro");
    disk.put_hostile("bin/" + program, "bin/" + program);
    disk.put_hostile("micro/" + pager, "micro/wired");
    CAPTURE(pager);
    expect(disk.boot(program), status, words);
}

void expect_refused_gift(const std::string& pager, const std::string& why) {
    expect_under(pager, FAULT,
                 {"the answer of 'wired' to a page fault was refused\n", ": " + why + "\n"});
}

void expect_on_exo(const std::string& program, int status, const Words& words) {
    if (!built("exo"))
        return;
    CAPTURE(program);
    expect(boot_program("exo", program), status, words);
}

const std::string UNDELIVERABLE = ": its library OS cannot take it, exception entry 0x";

} // namespace

// Calls that make processes and files need a fuzzer that knows them: unix-fuzz, in unix_test.cpp.
// SPIN has both: without UNIX its calls are these few. So has exo: its primitives.
TEST_CASE("hostile: every kernel outlives thousands of random system calls") {
    const auto runs = sample::of(FUZZ_RUNS, FUZZ_SAMPLE);
    const auto with_processes = kernels_with({"processes"});
    for (const std::string& kernel : kernels())
        for (const auto& [build, seed] : runs) {
            if (kernel != "spin" && kernel != "exo" &&
                std::ranges::count(with_processes, kernel) != 0)
                continue;
            CAPTURE(kernel + " " + build + " seed " + seed);
            expect(boot_program(kernel, "fuzz-" + seed, build), WELL, {"fuzz: still here"});
        }
}

// Or it lives with what it did.
TEST_CASE("hostile: on exo, random calls that break the environment itself end it in words") {
    if (!built("exo"))
        return;
    for (const auto& [build, seed] : sample::of(FUZZ_RUNS, FUZZ_SAMPLE)) {
        CAPTURE(build + " seed " + seed);
        const Answer run = boot_program("exo", "fuzz-wild-" + seed, build);
        if (run.status == WELL)
            expect(run, WELL, {"fuzz: still here"});
        else
            expect(run, FAULT, {"' ended: "});
    }
}

TEST_CASE("hostile: micro refuses forged labels, capabilities that are not there, bad pointers") {
    if (!built("micro"))
        return;
    expect(boot_program("micro", "micro-forges-messages"), WELL, {"micro: still here"});
    expect(boot_program("micro", "micro-waits-for-messages"), NOTHING_PENDING, {"sleeps for ever"});
}

TEST_CASE("hostile: on micro, who wakes when a turn is over as well is not lost") {
    if (!built("micro"))
        return;
    expect(boot_program("micro", "micro-sleeps-for-turns"), WELL, {"micro: still here"});
}

TEST_CASE("hostile: under a fake pager that keeps the rules the program lives") {
    expect_under("serves-well", WELL, {"micro: still here"});
    expect_under("answers-nobody", WELL, {"micro: still here"});
    expect_under("replaces-its-gift", WELL, {"micro: still here"}, "micro-sees-a-replacement");
}

TEST_CASE("hostile: micro's windows, tokens, waits and long messages do what they say, no more") {
    expect_under("talks", WELL, {"micro: still here"}, "micro-talks-to-the-pager");
}

TEST_CASE("hostile: a server that never waits does not keep the processor") {
    expect_under("computes-for-ever", WELL, {"micro: still here"}, "micro-needs-no-pager");
}

TEST_CASE("hostile: a pager cannot give what it has not, or more than it has") {
    expect_refused_gift("gives-a-page-it-has-not", "bad address");
    expect_refused_gift("gives-a-page-of-the-kernel", "bad address");
    expect_refused_gift("gives-an-alias", "bad address");
    expect_refused_gift("gives-more-rights", "bad address");
}

TEST_CASE("hostile: a pager maps at the page of the fault and nowhere else") {
    expect_refused_gift("gives-elsewhere", "not permitted");
    expect_refused_gift("gives-to-the-kernel-half", "not permitted");
    for (const std::string pager : {"serves-well", "gives-to-the-kernel-half"})
        expect_under(pager, FAULT, {"address 0xffffffc080200000: bad address"},
                     "micro-touches-the-kernel");
}

TEST_CASE("hostile: a pager's malformed answer is refused") {
    for (const std::string pager :
         {"gives-no-rights", "gives-write-alone", "gives-with-reserved-bits", "gives-unaligned"})
        expect_refused_gift(pager, "malformed");
}

TEST_CASE("hostile: a page that the access cannot use is refused, and not asked for again") {
    expect_refused_gift("gives-read-only", "not permitted");
}

TEST_CASE("hostile: errors that are none end the program as invalid") {
    for (const std::string pager : {"answers-with-a-huge-error", "answers-with-a-positive-error",
                                    "answers-with-the-smallest-error"})
        expect_under(pager, FAULT, {"address 0x1e800000: invalid argument"});
}

TEST_CASE("hostile: a pager that breaks is named, and who needs it ends") {
    expect_under("crashes-at-once", FAULT,
                 {"program 'wired' ended: illegal instruction at pc 0x5"});
    expect_under("crashes-at-a-fault", FAULT,
                 {"program 'wired' ended: store page fault at pc 0x5"});
    expect_under("jumps-away", FAULT,
                 {"program 'wired' ended: instruction page fault at pc 0xffffffc080200000"});
    expect_under("exits", FAULT,
                 {"server 'wired' ended itself with status 0", ": no such process\n"});
    expect_under("never-answers", NOTHING_PENDING, {"nothing runnable, nothing pending"});
}

TEST_CASE("hostile: who calls a server that ends gets an error, and lives on") {
    for (const std::string pager : {"exits", "crashes-at-a-fault", "jumps-away"})
        expect_under(pager, WELL, {"'wired'", "micro: still here"}, "micro-outlives-the-pager");
}

TEST_CASE("hostile: a pager reaches its own frames, no page table, and nothing beyond") {
    expect_under("scribbles-over-its-frames", WELL, {"micro: still here"});
    expect_under("writes-past-its-window", FAULT, {"program 'wired' ended: store page fault"});
}

TEST_CASE("hostile: the microkernel's memory for page tables comes to an end in words") {
    expect_under("serves-well", FAULT, {": no memory\n"}, "micro-touches-many-tables");
}

TEST_CASE("hostile: exo refuses forged, altered and stale capabilities, and others' frames") {
    expect_on_exo("exo-refusals", WELL, {"exo: still here"});
    expect_on_exo("exo-capabilities", WELL, {"exo: still here"});
}

TEST_CASE("hostile: exo refuses a thousand times what it refuses once") {
    expect_on_exo("exo-refusals-by-the-thousand", WELL, {"exo: still here"});
    if (sample::at_full_length())
        expect_on_exo("exo-refusals-by-the-million", WELL, {"exo: still here"});
}

TEST_CASE("hostile: on exo, environments are made of one's own, and shared without a new right") {
    expect_on_exo("exo-making", WELL, {"exo: still here"});
}

TEST_CASE("hostile: exo does of a list of changes what comes before the refused one, and no more") {
    expect_on_exo("exo-lists", WELL, {"exo: still here"});
}

TEST_CASE("hostile: exo's disk reaches one's own blocks, and frames that may be written to") {
    expect_on_exo("exo-requests", WELL, {"exo: still here"});
}

TEST_CASE("hostile: on exo, who waits by a word of others' does not wait") {
    expect_on_exo("exo-waits", WELL, {"exo: still here"});
}

TEST_CASE("hostile: a child of an exo program that cannot be entered ends alone") {
    const Words well{"program '' ended: ", UNDELIVERABLE, "exo: still here"};
    expect_on_exo("exo-wild-children", WELL, well);
    expect_on_exo("exo-children-that-end-nowhere", WELL, well);
}

TEST_CASE("hostile: on exo, nobody keeps the processor for long") {
    const Words well{"program '' ended: it did not yield at the end of its slice\n",
                     "exo: still here"};
    expect_on_exo("exo-child-that-never-yields", WELL, well);
    expect_on_exo("exo-child-that-calls-for-ever", WELL, well);
    expect_on_exo("exo-child-that-faults-for-ever", WELL, well);
    expect_on_exo("exo-children-that-play-ball", WELL, {"exo: still here"});
}

TEST_CASE("hostile: on exo, who is asked for frames and keeps one is ended, alone") {
    expect_on_exo("exo-revocations", WELL,
                  {"program '' ended: it was asked for frames, and did not give them back\n",
                   "exo: still here"});
}

TEST_CASE("hostile: exo believes nothing that stands in the environment page") {
    expect_on_exo("exo-scribbles-over-save-area", WELL, {"exo: still here"});
    expect_on_exo("exo-claims-save-area", FAULT, {UNDELIVERABLE});
    expect_on_exo("exo-keeps-environment-page", WELL, {"exo: still here"});
}

TEST_CASE("hostile: an exception entry that cannot run ends the environment once, in words") {
    expect_on_exo("exo-entry-in-the-kernel", FAULT, {UNDELIVERABLE + "ffffffc080200000"});
    expect_on_exo("exo-entry-that-is-odd", FAULT, {UNDELIVERABLE + "7fffffffffffffff"});
    expect_on_exo("exo-entry-without-code", FAULT, {UNDELIVERABLE + "0\n"});
    expect_on_exo("exo-entry-that-faults", FAULT, {"ended: illegal instruction"});
    expect_on_exo("exo-removes-library", FAULT, {UNDELIVERABLE});
}

TEST_CASE("hostile: what an exo program took away from itself is gone at once") {
    expect_on_exo("exo-removes-own-code", WELL, {"exo: still here"});
    expect_on_exo("exo-touches-what-it-removed", FAULT, {"address 0x20000000: bad address"});
    expect_on_exo("exo-gets-back-what-it-removed", WELL, {"exo: still here"});
    expect_on_exo("exo-ends-itself", FAULT, {""});
}

TEST_CASE("hostile: a protected control transfer on exo takes all registers there and back") {
    expect_on_exo("exo-transfers", WELL, {" instructions for both ways", "exo: still here"});
}

TEST_CASE("hostile: on exo, who calls an environment that ends, or stays, goes on") {
    expect_on_exo("exo-callees-that-end", WELL,
                  {"program '' ended: it did not return from a protected control transfer\n",
                   "exo: still here"});
}

TEST_CASE("hostile: an environment that ends behind UNIX's back is a child that has ended") {
    expect_on_exo("exo-dies-behind-unix", WELL, {"exo: still here"});
}
