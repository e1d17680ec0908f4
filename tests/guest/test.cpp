// Running the test cases of a kernel test, and reporting them.
// SPDX-License-Identifier: MIT
#include "test.hpp"

#include "arch/riscv/console.hpp"

#include <span>

extern "C" const TestCase test_cases_start[], test_cases_end[]; // set by the linker script

namespace test {

constinit Progress progress;

namespace {

// file:line:name:PASS or file:line:name:FAIL: expression
void report(const TestCase& test) {
    Console console;
    if (progress.failed)
        print(console, progress.where, ":", progress.line, ":", test.name, ":FAIL: ", progress.why,
              "\n");
    else
        print(console, test.file, ":", test.line, ":", test.name, ":PASS\n");
}

void run(const TestCase& test) {
    progress = {};
    do {
        progress.seen = 0;
        test.run();
        ++progress.wanted;
    } while (progress.wanted < progress.seen && !progress.failed);
    report(test);
}

} // namespace

unsigned run_test_cases() {
    unsigned count = 0;
    unsigned failures = 0;
    // GCC writes the records in reverse.
    for (const TestCase* test = test_cases_end; test != test_cases_start;) {
        run(*--test);
        ++count;
        failures += progress.failed ? 1U : 0U;
    }
    Console console;
    print(console, "-----------------------\n", count, " Tests ", failures, " Failures 0 Ignored\n",
          failures == 0 ? "OK" : "FAIL", "\n");
    return failures;
}

} // namespace test
