// `faultline test`: one of two sets of tests, and one line that counts them.
// SPDX-License-Identifier: MIT
//
// CTest does the work; its JUnit file (junit.cpp) gives the counts. The sets are presets: `default`
// takes samples of what is long, `all` runs everything at full length (docs/testing.md).
#include "commands.hpp"
#include "junit.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "test_choice.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <cstdio>
#include <cstdlib>
#include <random>
#include <thread>

namespace faultline {

// How long the last whole run of each set took.
static std::filesystem::path times_file() { return Tree::here().build / "test-times"; }

static std::string known_times() {
    return std::filesystem::exists(times_file()) ? read_file(times_file()) : "";
}

// The seed goes to the tests by the environment, which CTest hands on.
static void choose_seed(const TestChoice& choice) {
    std::string seed = choice.seed;
    if (const char* given = std::getenv("FAULTLINE_SEED"); seed.empty() && given)
        seed = given;
    if (seed.empty())
        seed = std::to_string(std::random_device()() % 1'000'000);
    setenv("FAULTLINE_SEED", seed.c_str(), 1);
    if (!choice.all)
        std::printf("Long tests take samples, drawn with seed %s; the same ones again:\n"
                    "  ./faultline test --seed %s\n",
                    seed.c_str(), seed.c_str());
}

static void announce(const TestChoice& choice, unsigned cores) {
    if (choice.ctest.empty()) {
        const auto last = duration_in(known_times(), choice.preset());
        std::printf("%s: %s.\n",
                    choice.all ? "All tests, at full length" : "The first set of tests",
                    duration_words(choice, cores, last).c_str());
    }
    choose_seed(choice);
    if (choice.ctest.empty() && !choice.all)
        std::printf("All tests, at full length: ./faultline test --all\n");
    std::fflush(stdout);
}

static void tell(const TestCounts& counts, Ended ended) {
    if (counts.passed + counts.failed == 0)
        std::fputs("No test ran. `ctest --preset default -N` lists the tests.\n", stdout);
    else if (counts.failed == 0 && (ended.status != 0 || ended.signal != 0))
        std::fputs("CTest itself failed; its words are above.\n", stdout);
    for (const auto& skipped : counts.skipped)
        std::printf("skipped: %s: %s\n", skipped.test.c_str(), skipped.reason.c_str());
    if (!counts.skipped.empty())
        std::printf("%zu skipped\n", counts.skipped.size());
    std::printf("%zu passed, %zu failed\n", counts.passed, counts.failed);
}

Exit test(const std::vector<std::string>& words) {
    const TestChoice choice = parse_test_words(words);
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    announce(choice, cores);
    const Scratch scratch;
    const auto results = scratch.path() / "results.xml";
    std::vector<std::string> command = {"ctest",
                                        "--preset",
                                        choice.preset(),
                                        "--parallel",
                                        std::to_string(std::max(2U, cores)),
                                        "--progress",
                                        "--output-on-failure",
                                        "--output-junit",
                                        results.string()};
    command.insert(command.end(), choice.ctest.begin(), choice.ctest.end());
    const auto start = std::chrono::steady_clock::now();
    const Orphans orphans; // a test's QEMU has a group of its own
    Process ctest({.command = command,
                   .input = "/dev/null",
                   .directory = Tree::here().top,
                   .group = Group::own});
    const Ended ended = wait_for(ctest);
    const auto taken =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start);
    const TestCounts counts =
        std::filesystem::exists(results) ? count_tests(read_file(results)) : TestCounts{};
    tell(counts, ended);
    const bool well = ended.status == 0 && ended.signal == 0 && counts.failed == 0;
    if (well && counts.passed > 0 && choice.ctest.empty())
        replace_file(times_file(), with_duration(known_times(), choice.preset(), taken));
    return well && counts.passed > 0 ? Exit::done : Exit::failed;
}

} // namespace faultline
