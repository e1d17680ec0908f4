// `faultline test`: all tests, and one line that counts them.
// SPDX-License-Identifier: MIT
//
// CTest does the work; its JUnit file (junit.cpp) gives the counts.
#include "commands.hpp"
#include "junit.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <cstdio>

namespace faultline {

Exit test(const std::vector<std::string>& ctest_arguments) {
    const Scratch scratch;
    const auto results = scratch.path() / "results.xml";
    std::vector<std::string> command = {
        "ctest", "--preset", "default", "--output-on-failure", "--output-junit", results.string()};
    command.insert(command.end(), ctest_arguments.begin(), ctest_arguments.end());
    Process ctest({.command = command,
                   .input = "/dev/null",
                   .directory = Tree::here().top,
                   .group = Group::own});
    const Ended ended = wait_for(ctest);
    const TestCounts counts =
        std::filesystem::exists(results) ? count_tests(read_file(results)) : TestCounts{};
    if (counts.passed + counts.failed == 0)
        std::fputs("No test ran. `ctest --preset default -N` lists the tests.\n", stdout);
    else if (counts.failed == 0 && (ended.status != 0 || ended.signal != 0))
        std::fputs("CTest itself failed; its words are above.\n", stdout);
    if (counts.skipped != 0)
        std::printf("%zu skipped\n", counts.skipped);
    std::printf("%zu passed, %zu failed\n", counts.passed, counts.failed);
    const bool well = ended.status == 0 && ended.signal == 0 && counts.failed == 0;
    return well && counts.passed > 0 ? Exit::done : Exit::failed;
}

} // namespace faultline
