// Processes: fork, wait, exit, kill, groups, orphans, running out of them.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

#include "abi/calls/system_calls.hpp"

using namespace unix_tests;

namespace {

[[noreturn]] void sleep_for_ever() {
    os::sleep(os::FOREVER);
    os::exit(99);
}

constinit std::array<volatile std::uint64_t, 1024> words{}; // two pages

// By os_call, which stores nothing: no fault of a child before its first call.
[[gnu::noinline]] std::int64_t fork_and_exit_at_once(const std::uint64_t* status) {
    const std::int64_t number = os_call(static_cast<std::uint64_t>(abi::SystemCall::fork), status);
    if (number == 0)
        os_call(static_cast<std::uint64_t>(abi::SystemCall::exit), status);
    return number;
}

// The parent's turn may end between fork and kill, by the clock of the world around the machine:
// then the child has begun, and ends by itself. So this is tried until it has not.
void expect_kill_before_the_first_call() {
    constexpr unsigned TRIES = 50;
    constexpr std::array<std::uint64_t, 6> STATUS{3};
    std::int64_t status = STATUS[0];
    for (unsigned i = 0; i < TRIES && status == static_cast<std::int64_t>(STATUS[0]); ++i) {
        CHECK(is(os::kill(fork_and_exit_at_once(STATUS.data())), 0));
        status = wait_status();
    }
    CHECK(is(status, KILLED));
}

} // namespace

TEST_CASE("fork: the child gets 0, the parent its number, wait its status") {
    const std::int64_t number = child([] { return 17; });
    REQUIRE(number > 0);
    std::int64_t status = 0;
    CHECK(is(os::wait(status), number));
    CHECK(is(status, 17));
}

TEST_CASE("fork: each has its own memory from then on") {
    words[0] = 1;
    words[600] = 2;
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    child([&] {
        std::array<char, 1> byte{};
        os::read(pipe[0], std::span(byte));
        const bool old = words[0] == 1 && words[600] == 2;
        words[0] = 3;
        return old && words[0] == 3 ? 0 : 1;
    });
    words[600] = 4;
    os::write(pipe[1], std::string_view("."));
    CHECK(is(wait_status(), 0));
    CHECK(words[0] == 1);
    CHECK(words[600] == 4);
    close_both(pipe);
}

TEST_CASE("fork: a file's offset is one for parent and child") {
    REQUIRE(make_file("offset", "abcdef"));
    const std::int64_t file = os::open("offset");
    std::array<char, 2> space{};
    CHECK(is(status_of([&] { return os::read(file, std::span(space)); }), 2));
    CHECK(is(os::read(file, std::span(space)), 2));
    CHECK(space[0] == 'c');
    os::close(file);
    os::unlink("offset");
}

TEST_CASE("wait: nobody to wait for") {
    std::int64_t status = 0;
    CHECK(is(os::wait(status), -abi::NO_CHILD));
    CHECK(is(os::wait(), -abi::NO_CHILD));
}

TEST_CASE("wait: a bad address loses no child") {
    const std::int64_t number = child([] { return 5; });
    CHECK(is(os_wait(reinterpret_cast<std::int64_t*>(8)), -abi::FAULT));
    std::int64_t status = 0;
    CHECK(is(os::wait(status), number));
    CHECK(is(status, 5));
}

TEST_CASE("exit: a status beyond a program's range is the last of it") {
    CHECK(is(status_of([] { return 119; }), 119));
    CHECK(is(status_of([] { return 120; }), 119));
    CHECK(is(status_of([] { return -1; }), 119));
}

TEST_CASE("wait: many children, each once") {
    std::array<std::int64_t, 20> numbers{};
    for (std::int64_t& number : numbers)
        number = child([&] { return static_cast<std::int64_t>(&number - numbers.data()); });
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        std::int64_t status = -1;
        const std::int64_t ended = os::wait(status);
        REQUIRE(status >= 0);
        REQUIRE(status < static_cast<std::int64_t>(numbers.size()));
        CHECK(is(numbers[static_cast<std::size_t>(status)], ended));
        numbers[static_cast<std::size_t>(status)] = 0;
    }
    CHECK(is(os::wait(), -abi::NO_CHILD));
}

TEST_CASE("kill: one that sleeps, one that computes, one that waits for a pipe or a child") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    SUBCASE("sleeps") {
        child([]() -> std::int64_t { sleep_for_ever(); });
    }
    SUBCASE("computes") {
        child([]() -> std::int64_t {
            for (;;)
                words[0] = words[0] + 1;
        });
    }
    SUBCASE("reads") {
        child([&]() -> std::int64_t {
            std::array<char, 1> byte{};
            os::read(pipe[0], std::span(byte));
            return 0;
        });
    }
    SUBCASE("writes") {
        child([&]() -> std::int64_t {
            for (;;)
                os::write(pipe[1], std::string_view("0123456789"));
        });
    }
    os::sleep(os::TICKS_PER_MILLISECOND);
    std::array<os::ProcessInfo, 64> rows{};
    const std::int64_t count = os::processes(rows);
    std::int64_t victim = 0;
    for (std::int64_t i = 0; i < count; ++i)
        if (static_cast<std::int64_t>(rows[static_cast<std::size_t>(i)].parent) == os::getpid())
            victim = static_cast<std::int64_t>(rows[static_cast<std::size_t>(i)].id);
    CHECK(is(os::kill(victim), 0));
    CHECK(is(wait_status(), KILLED));
    close_both(pipe);
}

TEST_CASE("kill: one that writes to the terminal, at length") {
    constexpr std::uint64_t BYTES = 1U << 20;
    const std::int64_t number = child([] {
        const std::int64_t zeroes = os::mmap({.bytes = BYTES}); // which nobody sees
        return os_write(os::OUTPUT, reinterpret_cast<const void*>(zeroes), BYTES) - BYTES;
    });
    os::sleep(os::TICKS_PER_MILLISECOND);
    CHECK(is(os::kill(number), 0));
    CHECK(is(wait_status(), KILLED));
}

// A server of UNIX that waits for the disk itself shows nobody asleep there: then the child is
// killed wherever it is.
TEST_CASE("kill: one that waits for the disk ends when the disk has done with its frames") {
    constexpr unsigned ROUNDS = 10;
    constexpr int FIRST_PATIENCE = 1000;
    constexpr int PATIENCE = 5000;
    unsigned seen_asleep = 0;
    for (unsigned round = 0; round < ROUNDS; ++round) {
        const std::int64_t number = child([]() -> std::int64_t {
            for (;;) {
                make_file("in-flight", "bytes");
                os::sync(); // it sleeps nowhere but in there
            }
        });
        const int patience = round == 0 ? FIRST_PATIENCE : seen_asleep != 0 ? PATIENCE : 1;
        seen_asleep += row_in(os::ProcessState::asleep, number, patience).id != 0 ? 1 : 0;
        CHECK(is(os::kill(number), 0));
        CHECK(is(wait_status(), KILLED));
    }
    CHECK((seen_asleep == 0 || seen_asleep == ROUNDS)); // as the structure has it
    CHECK(is(os::unlink("in-flight"), 0));
}

TEST_CASE("kill: one that has not begun yet makes no call any more") {
    expect_kill_before_the_first_call();
}

// Each child that ends at once leaves the parent, who computes for two turns meanwhile, with more
// than its share: a scheduler with shares would let others run first whom it owes as much as
// nothing.
TEST_CASE("kill: one that has not begun yet, by a parent that has had more than its share") {
    for (unsigned i = 0; i < 8; ++i) {
        child([] { return 0; });
        compute_until(os::uptime() + 20 * os::TICKS_PER_MILLISECOND);
        CHECK(is(wait_status(), 0));
    }
    expect_kill_before_the_first_call();
}

TEST_CASE("kill: one of several that wait for the same thing") {
    for (std::size_t victim = 0; victim < 3; ++victim) {
        Ends pipe{};
        REQUIRE(is(os::pipe(pipe), 0));
        std::array<std::int64_t, 3> numbers{};
        for (std::int64_t& number : numbers) {
            number = child([&] {
                std::array<char, 1> byte{};
                return os::read(pipe[0], std::span(byte));
            });
            CHECK(row_in(os::ProcessState::asleep, number).id != 0);
        }
        CHECK(is(os::kill(numbers[victim]), 0));
        CHECK(is(wait_status(), KILLED));
        CHECK(is(os::write(pipe[1], std::string_view("..")), 2));
        CHECK(is(wait_status(), 1));
        CHECK(is(wait_status(), 1));
        close_both(pipe);
    }
}

TEST_CASE("kill: nobody, the first process, a whole group") {
    CHECK(is(os::kill(1 << 30), -abi::NO_PROCESS));
    CHECK(is(os::kill(0), -abi::NO_PROCESS));
    CHECK(is(os::kill(1), -abi::PERMISSION));
    CHECK(is(os::kill_group(1 << 30), -abi::NO_PROCESS));
    CHECK(is(os::kill_group(0), -abi::NO_PROCESS));
    const std::int64_t leader = child([]() -> std::int64_t { sleep_for_ever(); });
    const std::int64_t member = child([]() -> std::int64_t { sleep_for_ever(); });
    CHECK(is(os::group(leader, leader), 0));
    CHECK(is(os::group(member, leader), 0));
    // A number that a call failed with is nobody's, and no group's: these two live on.
    for (std::int64_t number = 1; number < 200; ++number) {
        CHECK(os::kill(-number) == -abi::NO_PROCESS);
        CHECK(os::kill_group(-number) == -abi::NO_PROCESS);
        CHECK(os::group(-number, 0) == -abi::NO_PROCESS);
        CHECK(os::group(leader, -number) == -abi::NOT_FOUND);
        CHECK(os::foreground(-number) == -abi::NO_PROCESS);
    }
    CHECK(is(os::kill(-leader), -abi::NO_PROCESS));
    CHECK(row_in(os::ProcessState::asleep, leader).id != 0);
    CHECK(row_in(os::ProcessState::asleep, member).id != 0);
    CHECK(is(os::kill_group(leader), 0));
    CHECK(is(wait_status(), KILLED));
    CHECK(is(wait_status(), KILLED));
}

TEST_CASE("kill: one that has ended is still a child") {
    const std::int64_t number = child([] { return 3; });
    REQUIRE(row_in(os::ProcessState::ended, number).id != 0);
    os::kill(number);
    std::int64_t status = 0;
    CHECK(is(os::wait(status), number));
    CHECK(is(status, 3));
}

TEST_CASE("orphans: they live on, and do not stay when they end") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    child([&] {
        child([&] {
            os::sleep(2 * os::TICKS_PER_MILLISECOND);
            return os::write(pipe[1], std::string_view("x")) - 1;
        });
        return 0;
    });
    CHECK(is(wait_status(), 0));
    CHECK(is(os::wait(), -abi::NO_CHILD));
    os::close(pipe[1]);
    std::array<char, 2> space{};
    CHECK(is(os::read(pipe[0], std::span(space)), 1));
    CHECK(is(os::read(pipe[0], std::span(space)), 0));
    os::close(pipe[0]);
    os::sleep(os::TICKS_PER_MILLISECOND);
}

TEST_CASE("fork: processes run out in words, and come back") {
    std::array<std::int64_t, 80> numbers{};
    std::size_t made = 0;
    std::int64_t last = 0;
    while (made < numbers.size() && (last = child([]() -> std::int64_t { sleep_for_ever(); })) > 0)
        numbers[made++] = last;
    CHECK(is(last, -abi::TOO_MANY));
    CHECK(made >= 50);
    for (std::size_t i = 0; i < made; ++i)
        os::kill(numbers[i]);
    for (std::size_t i = 0; i < made; ++i)
        CHECK(is(wait_status(), KILLED));
    CHECK(is(status_of([] { return 4; }), 4));
}
