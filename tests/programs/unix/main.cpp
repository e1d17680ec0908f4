// unix-tests: what every call of the API promises, one test a line; each in a process of its own.
// SPDX-License-Identifier: MIT
//
//   unix-tests          all of them
//   unix-tests WORD     those with WORD in their names
//
// The test cases are in the files beside this one, in the kernel tests' words
// (tests/guest/test.hpp). After each test the counters of the system must be what they were before:
// what a test made and gave back must be free again.
#include "checks.hpp"

#include "tests/programs/reaper.hpp"

#include "user/lib/message.hpp"

#include <span>

extern "C" const TestCase test_cases_start[], test_cases_end[]; // set by the linker script

namespace test {

constinit Progress progress;

} // namespace test

namespace {

using test::progress;

void report_failure(const TestCase& test, std::string_view why) {
    os::Output output;
    print(output, test.file, ":", test.line, ":", test.name, ":FAIL: ", why, "\n");
}

// In the child: 0, if it passed.
int run(const TestCase& test) {
    do {
        progress.seen = 0;
        test.run();
        ++progress.wanted;
    } while (progress.wanted < progress.seen && !progress.failed);
    if (!progress.failed)
        return 0;
    os::Output output;
    print(output, progress.where, ":", progress.line, ":", test.name, ":FAIL: ", progress.why,
          "\n");
    return 1;
}

struct Counter {
    std::string_view name;
    std::uint64_t os::Statistics::*value;
};
constexpr std::array COUNTERS{
    Counter{"processes", &os::Statistics::processes},
    Counter{"open files", &os::Statistics::open_files},
    Counter{"inodes in use", &os::Statistics::inodes_in_use},
    Counter{"free inodes", &os::Statistics::free_inodes},
    Counter{"free blocks", &os::Statistics::free_blocks},
    Counter{"free swap slots", &os::Statistics::free_swap_slots},
    Counter{"free frames", &os::Statistics::free_frames},
    Counter{"page nodes", &os::Statistics::page_nodes},
};

// What differs; "" if nothing does.
std::string_view difference(const os::Statistics& before, const os::Statistics& after) {
    for (const Counter& counter : COUNTERS)
        if (before.*counter.value != after.*counter.value) {
            os::Output output;
            print(output, "  ", counter.name, ": ", before.*counter.value, " before, ",
                  after.*counter.value, " after\n");
            return counter.name;
        }
    return "";
}

os::Statistics settled() {
    os::Statistics now{};
    os::sync();
    os::statistics(now);
    return now;
}

bool passes(const TestCase& test) {
    const os::Statistics before = settled();
    const std::int64_t status = unix_tests::status_of([&] { return run(test); });
    const os::Statistics after = settled();
    if (status == 1)
        return false; // said why
    if (status != 0) {
        report_failure(test,
                       status == unix_tests::FAULT ? "ended for a fault" : "has not ended well");
        return false;
    }
    if (!difference(before, after).empty()) {
        report_failure(test, "something was not given back");
        return false;
    }
    os::Output output;
    print(output, test.file, ":", test.line, ":", test.name, ":PASS\n");
    return true;
}

} // namespace

int main(os::Arguments arguments) {
    reaper::let_a_child_go_on();
    const std::string_view word = arguments.size() > 1 ? arguments[1] : "";
    unsigned count = 0;
    unsigned failures = 0;
    os::mkdir("/test"); // where the tests make their files
    os::chdir("/test");
    // GCC writes the records in reverse.
    for (const TestCase* test = test_cases_end; test != test_cases_start;)
        if ((--test)->name.find(word) != std::string_view::npos) {
            ++count;
            failures += passes(*test) ? 0U : 1U;
        }
    os::chdir("/");
    os::unlink("/test");
    os::Output output;
    print(output, "-----------------------\n", count, " Tests ", failures, " Failures 0 Ignored\n",
          failures == 0 ? "OK" : "FAIL", "\n");
    return failures == 0 ? 0 : 1;
}
