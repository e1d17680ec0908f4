// unix-fuzz: a hundred thousand calls with hostile arguments, which the kernel outlives unharmed.
// SPDX-License-Identifier: MIT
//
//   unix-fuzz [SEED [CALLS]]
//
// Children make the calls, a thousand each at most; a child may be ended by what it does to itself
// (an exec, an unmapped stack, an exit), and the next one goes on with a seed of its own. It tells
// of every fifty calls through a pipe. In the end nothing may be lost: the counters of the system
// must be what they were.
#include "fuzzer.hpp"

#include "tests/programs/reaper.hpp"

#include "user/lib/directory.hpp"
#include "user/lib/message.hpp"
#include "user/lib/numbers.hpp"

#include "abi/calls/processes.hpp"
#include "lib/print.hpp"

namespace {

using hostile::CALLS_A_BYTE;
using hostile::CALLS_OF_A_CHILD;
using hostile::Fuzzer;
using hostile::TELLING;

using Ends = std::array<std::int64_t, 2>;

// Its own descriptors: input and output nowhere near a person's.
[[noreturn]] void run_child(std::uint64_t seed, const Ends& pipe) {
    while (os::dup(pipe[1]) < TELLING)
        continue;
    for (std::int64_t descriptor = 0; descriptor < TELLING; ++descriptor)
        os::close(descriptor);
    const std::int64_t nothing = os::open("/dev/null", os::READ_WRITE);
    os::dup(nothing);
    os::dup(nothing);
    Fuzzer(seed).run();
    os::exit(0);
}

// Ends GROUP when PATIENCE has passed: a child may wait for what never comes, such as a byte of a
// pipe that only it can write to.
std::int64_t start_watchdog(std::int64_t group) {
    constexpr std::uint64_t PATIENCE = 50 * os::TICKS_PER_MILLISECOND;
    const std::int64_t watchdog = os::fork();
    if (watchdog != 0)
        return watchdog;
    os::sleep(PATIENCE);
    os::kill_group(group);
    os::exit(0);
}

void wait_for(std::int64_t process) {
    for (std::int64_t ended = 0; ended != process && ended >= 0;)
        ended = os::wait();
}

// How many calls a child made, however it was ended; or an error.
std::int64_t calls_of_child(std::uint64_t seed, const Ends& pipe) {
    const std::int64_t child = os::fork();
    if (child == 0) {
        os::group(0, 0);
        run_child(seed, pipe);
    }
    if (child < 0)
        return child;
    os::group(child, child);
    const std::int64_t watchdog = start_watchdog(child);
    wait_for(child);
    os::kill_group(child); // its children
    os::kill(watchdog);
    wait_for(watchdog);
    // One byte more, so that there is something to read.
    std::array<char, 2 * CALLS_OF_A_CHILD / CALLS_A_BYTE> bytes{};
    os::write(pipe[1], std::string_view("."));
    const std::int64_t told = os::read(pipe[0], std::span(bytes));
    return told < 0 ? told : (told - 1) * static_cast<std::int64_t>(CALLS_A_BYTE);
}

// A name in the current directory that is neither . nor ..; none: it is empty.
std::optional<os::FixedText<64>> first_name() {
    os::Directory directory(".");
    while (const auto entry = directory.next())
        if (entry->name != "." && entry->name != "..") {
            os::FixedText<64> name;
            name.put(entry->name);
            return name;
        }
    return std::nullopt;
}

// Empties the current directory, and those in it however deep they are.
void remove_everything() {
    for (unsigned depth = 0;;) {
        const auto name = first_name();
        if (!name && depth-- == 0)
            return;
        if (!name)
            os::chdir("..");
        else if (os::unlink(name->view()) == -abi::NOT_EMPTY && os::chdir(name->view()) == 0)
            ++depth;
    }
}

// Says what differs; whether nothing does.
bool is_same(const os::Statistics& before, const os::Statistics& after) {
    struct Counter {
        std::string_view name;
        std::uint64_t os::Statistics::*value;
    };
    bool same = true;
    for (const Counter& counter : {Counter{"frames", &os::Statistics::frames},
                                   Counter{"free frames", &os::Statistics::free_frames},
                                   Counter{"free swap slots", &os::Statistics::free_swap_slots},
                                   Counter{"processes", &os::Statistics::processes},
                                   Counter{"open files", &os::Statistics::open_files},
                                   Counter{"inodes in use", &os::Statistics::inodes_in_use},
                                   Counter{"free inodes", &os::Statistics::free_inodes},
                                   Counter{"free blocks", &os::Statistics::free_blocks},
                                   Counter{"page nodes", &os::Statistics::page_nodes}})
        if (before.*counter.value != after.*counter.value) {
            os::report("unix-fuzz: ", counter.name, ": ", before.*counter.value, " before, ",
                       after.*counter.value, " after");
            same = false;
        }
    return same;
}

os::Statistics settled() {
    os::Statistics now{};
    os::sleep(20 * os::TICKS_PER_MILLISECOND); // orphans end
    os::sync();
    os::statistics(now);
    return now;
}

} // namespace

int main(os::Arguments arguments) {
    reaper::let_a_child_go_on();
    const std::uint64_t seed = arguments.size() > 1 ? os::to_number(arguments[1]).value_or(1) : 1;
    const std::uint64_t calls =
        arguments.size() > 2 ? os::to_number(arguments[2]).value_or(0) : 100'000;
    Ends pipe{};
    if (const std::int64_t error = os::pipe(pipe); error < 0) {
        os::report("unix-fuzz: pipe: ", os::words(error));
        return 1;
    }
    os::mkdir("/fuzz");
    os::chdir("/fuzz");
    // Once beforehand, so that what stays for good (a page, a table) is there.
    calls_of_child(~seed, pipe);
    remove_everything();
    const os::Statistics before = settled();
    std::uint64_t made = 0;
    std::uint64_t children = 0;
    for (; made < calls; ++children) {
        const std::int64_t more = calls_of_child(seed * 1'000'003 + children, pipe);
        if (more < 0 || children > calls) {
            os::report("unix-fuzz: child ", children, ": ", os::words(more));
            return 1;
        }
        made += static_cast<std::uint64_t>(more);
    }
    remove_everything();
    const bool same = is_same(before, settled());
    os::chdir("/");
    const std::int64_t removed = os::unlink("/fuzz");
    os::Output output;
    print(output, "unix-fuzz: seed ", seed, ": ", made, " calls by ", children,
          " children; the system is ", same ? "as it was" : "not as it was", "\n");
    return same && removed == 0 ? 0 : 1;
}
