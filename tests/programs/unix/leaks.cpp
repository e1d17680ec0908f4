// Leaks: processes that come and go, in all the ways there are, use nothing up.
// SPDX-License-Identifier: MIT
//
// What is counted is compared after each test, by main.cpp. What is not (a kernel's threads, spaces
// and capabilities) shows here, since each way is gone more often than any kernel has room for.
#include "checks.hpp"

using namespace unix_tests;

namespace {

constexpr int ROUNDS = 150; // more than the threads and spaces of any kernel

// ROUNDS children, one after the other, each of which does ACTION and ends with STATUS.
template <class Action>
void come_and_go(std::int64_t status, Action action) {
    for (int round = 0; round < ROUNDS; ++round)
        REQUIRE(is(status_of(action), status));
}

// ROUNDS children that do ACTION until they are killed, as soon as they are in STATE.
template <class Action>
void are_killed(os::ProcessState state, Action action) {
    for (int round = 0; round < ROUNDS; ++round) {
        const std::int64_t number = child(action);
        REQUIRE(number > 0);
        CHECK(row_in(state, number).id != 0);
        REQUIRE(is(os::kill(number), 0));
        REQUIRE(is(wait_status(), KILLED));
    }
}

} // namespace

TEST_CASE("leaks: processes that end by themselves, become another program, or fault") {
    come_and_go(7, [] { return 7; });
    come_and_go(0, [] {
        constexpr std::array<std::string_view, 1> words{"true"};
        return os::exec("/bin/true", words);
    });
    come_and_go(1, [] { return os::exec("/bin/no-such-program", {}) == -abi::NOT_FOUND ? 1 : 0; });
    come_and_go(FAULT, [] {
        store(0x3000'0000, 1); // nobody's
        return 0;
    });
}

TEST_CASE("leaks: processes that are killed while they sleep, wait for a pipe, or fault") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    are_killed(os::ProcessState::asleep, []() -> std::int64_t {
        for (;;)
            os::sleep(os::FOREVER);
    });
    are_killed(os::ProcessState::asleep, [&]() -> std::int64_t {
        std::array<char, 1> byte{};
        return os::read(pipe[0], std::span(byte));
    });
    are_killed(os::ProcessState::runnable, []() -> std::int64_t {
        for (;;) { // it is at its pager's most of the time
            const std::uint64_t pages = map(4);
            store(pages, 1);
            os::munmap(pages, 4 * PAGE_SIZE);
        }
    });
    close_both(pipe);
}

TEST_CASE("leaks: as many processes as there may be, again and again") {
    std::size_t first = 0;
    for (int round = 0; round < 4; ++round) {
        std::size_t made = 0;
        while (child([]() -> std::int64_t {
                   for (;;)
                       os::sleep(os::FOREVER);
               }) > 0)
            ++made;
        first = round == 0 ? made : first;
        CHECK(made == first);
        std::array<os::ProcessInfo, 64> rows{};
        const std::int64_t count = os::processes(rows);
        for (const os::ProcessInfo& row : std::span(rows).first(static_cast<std::size_t>(count)))
            if (static_cast<std::int64_t>(row.parent) == os::getpid())
                os::kill(static_cast<std::int64_t>(row.id));
        for (std::size_t i = 0; i < made; ++i)
            REQUIRE(is(wait_status(), KILLED));
    }
}
