// UNIX on the machine: what the API promises, hostile calls, wrong boot arguments.
// SPDX-License-Identifier: MIT
//
// The programs do the checking (tests/programs/unix, tests/hostile/unix); here they run on the
// kernels that have what they need. Short memory: pressure_test.cpp.
#include "unix_run.hpp"

#include "abi/machine_exit.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <regex>
#include <sstream>
#include <unistd.h>

namespace {

const std::vector<std::string> MACHINES{"", "--boot scheduler=stride", "--build debug"};

// The command line of the kernel says BOOT, which is refused in WORDS.
void expect_refusal(const std::string& kernel, const std::string& boot, const std::string& words) {
    expect_end(run(kernel, "hello", "--boot '" + boot + "'"), machine_exit::CANNOT_LOAD, words);
}

// What unix-tests printed of its cases, a line each: file:line:name:PASS, or FAIL and why.
struct Cases {
    Names passed;
    Names failed;
};

Cases cases_of(const std::string& output) {
    static const std::regex line_of_a_case("[^:]+:[0-9]+:(.+):(PASS|FAIL: .*)");
    Cases cases;
    std::istringstream lines(output);
    std::smatch match;
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r'))
            line.pop_back();
        if (std::regex_match(line, match, line_of_a_case))
            (match[2] == "PASS" ? cases.passed : cases.failed).insert(match[1]);
    }
    return cases;
}

// Exactly the cases in EXCEPT fail, and each other one passes: all that unix-tests counts.
void expect_promises(const Answer& answer, const Names& except) {
    const Cases cases = cases_of(answer.output);
    CAPTURE(answer.output);
    for (const std::string& name : cases.failed)
        CHECK_MESSAGE(except.contains(name), name, ": is promised, and fails");
    for (const std::string& name : except)
        CHECK_MESSAGE(cases.failed.contains(name), name, ": is not promised, and does not fail");
    expect_end(answer, except.empty() ? 0 : 1,
               std::to_string(cases.passed.size() + cases.failed.size()) + " Tests " +
                   std::to_string(except.size()) + " Failures");
}

} // namespace

TEST_CASE("unix-tests: every promise of the API holds, and nothing is lost") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        Names except = not_promised(kernel);
        except.erase(PAGE_OUT);
        CHECK((kernel == "exo" || except.empty())); // what is not promised is docs/exo.md's to say
        for (const std::string& options : variations(kernels_with(UNIX), kernel, MACHINES))
            expect_promises(run(kernel, "unix-tests", options), except);
    }
}

TEST_CASE("unix-fuzz: a hundred thousand hostile calls leave the system as it was") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        const std::string well = "the system is as it was";
        for (const unsigned seed : sample::of(1, 5, 1))
            expect_end(run(kernel, "unix-fuzz " + std::to_string(seed) + " 20000"), 0, well);
        if (sample::at_full_length())
            expect_end(run(kernel, "unix-fuzz"), 0, well);
    }
}

TEST_CASE("disk: it keeps what was synced when the machine stops, and all at an orderly end") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        const std::string disk = (std::filesystem::temp_directory_path() /
                                  ("faultline-unix-test-" + std::to_string(getpid()) + ".img"))
                                     .string();
        const auto sh = [&](const std::string& words) {
            return shell(printed_line(kernel + " --disk '" + disk + "' sh -- -c '" + words + "'"),
                         60);
        };
        expect_end(sh("echo synced > /one; sync; sleep-forever"), machine_exit::NOTHING_PENDING,
                   "");
        expect_end(sh("cat /one; echo kept > /two"), 0, "synced");
        expect_end(sh("cat /two"), 0, "kept");
        std::filesystem::remove(disk);
    }
}

TEST_CASE("promise: all memory that may be mapped may be touched") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        expect_end(run(kernel, "promise"), 0, "pages were promised and kept");
        expect_end(run(kernel, "promise", "--boot 'pool=64'"), 0, "pages were promised and kept");
    }
}

TEST_CASE("a disk that takes no writes is not swapped to: memory is refused at once") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        // On exo each process has a pool of its own, so each needs to ask for more.
        const std::string pages = kernel == "exo" ? " 20000" : "";
        std::string plain = printed_line(kernel + " --drop-writes pressure" + pages);
        const std::string drops = "snapshot=on";
        REQUIRE(plain.find(drops) != std::string::npos);
        plain.replace(plain.find(drops), drops.size(), "readonly=on");
        const Answer answer = shell(plain + " </dev/null", 120);
        expect_end(answer, 1,
                   "pressure: mmap of " + std::string(kernel == "exo" ? "2501" : "1025") +
                       " pages: no memory");
        CHECK(answer.output.find("not permitted") == std::string::npos);
    }
}

TEST_CASE("boot arguments: a wrong value is said in words, and the machine ends") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        expect_refusal(kernel, "policy=best",
                       "'policy=best': expected policy=fifo, clock, lru, mru or own");
        expect_refusal(kernel, "pool=7", "'pool=7': expected pool= and a number of frames");
        expect_refusal(kernel, "pool=", "'pool=': expected pool= and a number of frames");
        expect_refusal(kernel, "scheduler=lottery",
                       "'scheduler=lottery': expected scheduler=round-robin");
        expect_refusal(kernel, "watermarks=9", "'watermarks=9': expected watermarks=LOW,HIGH");
        expect_refusal(kernel, "watermarks=9,8", "'watermarks=9,8': expected watermarks=LOW,HIGH");
        expect_refusal(kernel, "arg=%4", "'arg=%4': expected two hexadecimal digits");
        std::string words;
        for (int i = 0; i < 64; ++i)
            words += " arg=w";
        expect_refusal(kernel, words, "'arg=w': expected at most 63 words arg=");
    }
}

TEST_CASE("last-store: what the first process stored to a mapped file is on the disk at the end") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        const std::string disk = std::filesystem::temp_directory_path() /
                                 ("faultline-last-store-" + std::to_string(getpid()));
        const Answer answer =
            shell("'" FAULTLINE "' run " + kernel + " --disk " + disk + " last-store");
        expect_end(answer, 0, "");
        const Answer kept = shell("'" MKFS "' --extract /last-store=" + disk + ".kept " + disk +
                                  " && cat " + disk + ".kept");
        std::filesystem::remove(disk);
        std::filesystem::remove(disk + ".kept");
        expect_end(kept, 0, "kept to the end\n");
    }
}

TEST_CASE("sleep-forever in the foreground: ^C ends it, and the shell lives on") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        // ^C is typed several times: one that comes before the program runs abandons the shell's
        // line.
        const Answer answer = shell(
            "sh -c \"(sleep 1; printf 'sleep-forever\\r'; for i in 1 2 3 4 5 6 7 8; do sleep 1; "
            "printf '\\003'; done; printf 'halt\\r') | " +
            printed_line(kernel + " --drop-writes") + "\"");
        expect_end(answer, 0, "sleep-forever");
    }
}

TEST_CASE("free: what is in use and what is free are all, with a pool of any size") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        for (const std::string options : {"", "--boot pool=64"}) {
            const Answer answer = run(kernel, "free", options);
            CAPTURE(answer.output);
            std::smatch match;
            const std::regex words("memory +([0-9]+) +([0-9]+) +([0-9]+)\\s");
            REQUIRE(std::regex_search(answer.output, match, words));
            CHECK(std::stoull(match[2]) + std::stoull(match[3]) == std::stoull(match[1]));
            CHECK(std::stoull(match[2]) > 0);
            CHECK(std::stoull(match[2]) < 256); // KiB: the pages of one small program
        }
    }
}

TEST_CASE("arguments arrive with blanks and percent signs") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        expect_end(run(kernel, "echo 'a b' '100%' ''"), 0, "a b 100% ");
    }
}
