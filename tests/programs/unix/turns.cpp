// Turns: preemption, sleep, and what the kernel tells of processes and counts.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

using namespace unix_tests;

namespace {

constinit volatile std::uint64_t word = 0;

} // namespace

TEST_CASE("preemption: two that compute both get on, and so does a third that sleeps") {
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    std::array<std::int64_t, 2> numbers{};
    for (std::int64_t& number : numbers)
        number = child([&]() -> std::int64_t {
            for (;;) {
                for (unsigned i = 0; i < 3'000'000; ++i)
                    word = i;
                os::write(pipe[1], &number == numbers.data() ? "a" : "b");
            }
        });
    std::array<unsigned, 2> seen{};
    while (seen[0] == 0 || seen[1] == 0) {
        std::array<char, 1> byte{};
        REQUIRE(os::read(pipe[0], std::span(byte)) == 1);
        ++seen[byte[0] == 'a' ? 0 : 1];
        REQUIRE(seen[0] + seen[1] < 40);
    }
    const std::uint64_t before = os::uptime();
    os::sleep(os::TICKS_PER_MILLISECOND);
    CHECK(os::uptime() - before >= os::TICKS_PER_MILLISECOND);
    for (const std::int64_t number : numbers)
        os::kill(number);
    CHECK(is(wait_status(), KILLED));
    CHECK(is(wait_status(), KILLED));
    close_both(pipe);
}

TEST_CASE("preemption: who wakes somebody and computes on does not keep the processor") {
    Ends there{};
    Ends back{};
    REQUIRE(is(os::pipe(there), 0));
    REQUIRE(is(os::pipe(back), 0));
    const std::int64_t number = child([&] {
        std::array<char, 1> byte{};
        os::read(there[0], std::span(byte));
        return os::write(back[1], std::string_view("x")) - 1;
    });
    CHECK(row_in(os::ProcessState::asleep, number).id != 0);
    os::write(there[1], std::string_view("."));
    os::Stat stat{};
    const std::uint64_t start = os::uptime();
    while (stat.size == 0 && os::uptime() - start < 5'000 * os::TICKS_PER_MILLISECOND)
        os::fstat(back[0], stat);
    CHECK(is(static_cast<std::int64_t>(stat.size), 1));
    CHECK(is(wait_status(), 0));
    close_both(there);
    close_both(back);
}

TEST_CASE("sleep: each wakes in his own time, whoever sleeps longer or is killed") {
    const std::uint64_t start = os::uptime();
    const auto sleeper = [](std::uint64_t milliseconds) {
        return child([=] {
            os::sleep(milliseconds * os::TICKS_PER_MILLISECOND);
            return static_cast<std::int64_t>(milliseconds % 100);
        });
    };
    sleeper(50);
    const std::int64_t late = sleeper(60'000);
    CHECK(is(wait_status(), 50));
    CHECK(os::uptime() - start >= 50 * os::TICKS_PER_MILLISECOND);
    CHECK(os::uptime() - start < 30'000 * os::TICKS_PER_MILLISECOND);
    sleeper(150);
    const std::int64_t middle = sleeper(30'000);
    sleeper(90);
    CHECK(row_in(os::ProcessState::asleep, middle).id != 0);
    CHECK(is(os::kill(late), 0));
    CHECK(is(os::kill(middle), 0));
    std::int64_t sum = 0;
    for (int i = 0; i < 4; ++i)
        sum += wait_status();
    CHECK(is(sum, 50 + 90 + 2 * KILLED));
}

TEST_CASE("groups: a scheduler of one's own shares by tickets, or there is none for groups") {
    const std::int64_t leader = child([]() -> std::int64_t {
        os::group(0, 0);
        const std::int64_t answer = os::schedule_group(os::Scheduling::stride);
        if (answer == -abi::NO_CALL)
            return 0;
        if (answer != 0)
            return 1;
        // Two that compute, and one that is killed before it has had a turn worth the name.
        std::array<std::int64_t, 3> numbers{};
        for (std::size_t i = 0; i < numbers.size(); ++i)
            numbers[i] = child([=]() -> std::int64_t {
                os::tickets(i == 0 ? 400 : i == 1 ? 100 : 1);
                for (;;)
                    word = word + 1;
            });
        os::sleep(600 * os::TICKS_PER_MILLISECOND);
        std::array<std::uint64_t, 3> ticks{};
        std::array<os::ProcessInfo, 64> rows{};
        const std::int64_t count = os::processes(rows);
        for (const os::ProcessInfo& row : std::span(rows).first(static_cast<std::size_t>(count)))
            for (std::size_t i = 0; i < numbers.size(); ++i)
                if (static_cast<std::int64_t>(row.id) == numbers[i])
                    ticks[i] = row.ticks;
        for (const std::int64_t number : numbers)
            os::kill(number);
        for (int i = 0; i < 3; ++i)
            if (!is(wait_status(), KILLED))
                return 2;
        os::Output output;
        print(output, "  shares: ", ticks[0], " ", ticks[1], " ", ticks[2], "\n");
        // To within a few turns of 10 ms: 4 to 1, and next to nothing.
        return ticks[0] > 3 * ticks[1] && ticks[0] < 5 * ticks[1] && ticks[2] < ticks[1] ? 0 : 3;
    });
    CHECK(leader > 0);
    CHECK(is(wait_status(), 0));
}

TEST_CASE("groups: who waits for a turn, moves or is killed is not forgotten") {
    for (const os::Scheduling scheduling : {os::Scheduling::round_robin, os::Scheduling::stride}) {
        const std::int64_t leader = child([&]() -> std::int64_t {
            os::group(0, 0);
            if (os::schedule_group(scheduling) == -abi::NO_CALL)
                return 0;
            std::array<std::int64_t, 4> numbers{};
            for (std::int64_t& number : numbers)
                number = child([&]() -> std::int64_t {
                    const std::uint64_t start = os::uptime();
                    if (&number == numbers.data())
                        os::sleep(os::FOREVER);
                    for (std::uint64_t i = 0; os::uptime() - start < 20 * PAGE_SIZE; ++i) {
                        store(map(1), 1); // faults, and now and then a nap
                        if (i % 16 == 0)
                            os::sleep(1);
                        if (i > 64)
                            os::exit(7);
                    }
                    return 7;
                });
            os::sleep(os::TICKS_PER_MILLISECOND);
            // All of them again, some of which are ready and have no turn.
            for (unsigned i = 0; i < 6; ++i)
                if (const std::int64_t answer = os::schedule_group(
                        i % 2 == 0 ? os::Scheduling::stride : os::Scheduling::round_robin);
                    !is(answer, 0))
                    return 1;
            os::kill(numbers[0]);
            os::kill(numbers[1]);
            std::int64_t sum = 0;
            for (std::size_t i = 0; i < numbers.size(); ++i)
                sum += wait_status();
            return sum >= KILLED + 3 * 7 ? 0 : 2;
        });
        CHECK(leader > 0);
        CHECK(is(wait_status(), 0));
    }
}

TEST_CASE("groups: there are a few schedulers, and each comes back with its last member") {
    for (int round = 0; round < 2; ++round) {
        Ends ends{};
        REQUIRE(is(os::pipe(ends), 0));
        constexpr std::size_t CHILDREN = 8; // more than there are schedulers
        std::size_t refused = 0;
        for (std::size_t i = 0; i < CHILDREN; ++i)
            child([&]() -> std::int64_t {
                os::group(0, 0);
                const std::int64_t answer = os::schedule_group(os::Scheduling::stride);
                os::write(ends[1], answer == 0                ? "y"
                                   : answer == -abi::TOO_MANY ? "m"
                                   : answer == -abi::NO_CALL  ? "-"
                                                              : "?");
                os::sleep(os::FOREVER);
                return 0;
            });
        std::size_t given = 0;
        std::array<char, 1> byte{};
        for (std::size_t i = 0; i < CHILDREN; ++i) {
            REQUIRE(os::read(ends[0], std::span(byte)) == 1);
            given += byte[0] == 'y' ? 1 : 0;
            refused += byte[0] == 'm' ? 1 : 0;
            CHECK(byte[0] != '?');
        }
        CHECK((given == 0) == (refused == 0)); // the second round gets as many as the first
        CHECK(given + refused == (given == 0 ? 0 : CHILDREN));
        std::array<os::ProcessInfo, 64> rows{};
        const std::int64_t count = os::processes(rows);
        for (const os::ProcessInfo& row : std::span(rows).first(static_cast<std::size_t>(count)))
            if (static_cast<std::int64_t>(row.parent) == os::getpid())
                os::kill(static_cast<std::int64_t>(row.id));
        for (std::size_t i = 0; i < CHILDREN; ++i)
            CHECK(is(wait_status(), KILLED));
        close_both(ends);
    }
}

TEST_CASE("processes: what one has done is counted, and begins anew with the next") {
    for (const std::uint64_t pages : {64, 0}) {
        const std::uint64_t before = os::uptime();
        const std::int64_t number = child([=]() -> std::int64_t {
            const std::int64_t heap = os::sbrk(static_cast<std::int64_t>(pages * PAGE_SIZE));
            for (std::uint64_t i = 0; i < pages; ++i)
                store(static_cast<std::uint64_t>(heap) + i * PAGE_SIZE, 1);
            if (pages != 0)
                compute_until(before + 50 * os::TICKS_PER_MILLISECOND);
            os::sleep(os::FOREVER);
            return 99;
        });
        const os::ProcessInfo row = row_in(os::ProcessState::asleep, number);
        CHECK(row.ticks > 0);
        CHECK(row.ticks <= os::uptime() - before);
        CHECK((row.faults >= 64) == (pages == 64));
        CHECK(row.resident_pages > pages);
        CHECK(is(os::kill(number), 0));
        CHECK(row_in(os::ProcessState::ended, number).resident_pages == 0);
        CHECK(is(wait_status(), KILLED));
    }
}

// Whoever is alone has one long turn, and ends in it. Who comes into its place may have run no
// longer than there was time.
TEST_CASE("processes: the last turn of one that has ended is not the next one's") {
    constexpr std::uint64_t LONG = 200 * os::TICKS_PER_MILLISECOND;
    for (unsigned round = 0; round < 3; ++round) {
        CHECK(is(status_of([] {
                     compute_until(os::uptime() + LONG);
                     return 0;
                 }),
                 0));
        const std::uint64_t before = os::uptime();
        const std::int64_t number = child([]() -> std::int64_t {
            os::sleep(os::FOREVER);
            return 99;
        });
        const os::ProcessInfo row = row_in(os::ProcessState::asleep, number);
        CHECK(row.id != 0);
        CHECK(row.ticks <= os::uptime() - before);
        CHECK(is(os::kill(number), 0));
        CHECK(is(wait_status(), KILLED));
    }
}

TEST_CASE("statistics: changes of context are counted, and a short table is a part of it") {
    os::Statistics before{};
    REQUIRE(is(os::statistics(before), 0));
    CHECK(is(status_of([] { return 0; }), 0));
    os::Statistics after{};
    REQUIRE(is(os::statistics(after), 0));
    if (before.context_switches == abi::NOT_COUNTED) // said, and not by an overflow
        CHECK(after.context_switches == abi::NOT_COUNTED);
    else
        CHECK(after.context_switches - before.context_switches >= 2);
    std::array<std::uint64_t, 2> part{0, 77};
    CHECK(is(os_statistics(part.data(), sizeof(part[0])), 0));
    CHECK(part[0] == after.frames);
    CHECK(part[1] == 77);
}

TEST_CASE("processes: oneself is in the list") {
    std::array<os::ProcessInfo, 64> rows{};
    const std::int64_t count = os::processes(rows);
    REQUIRE(count >= 2);
    bool found = false;
    for (const os::ProcessInfo& row : std::span(rows).first(static_cast<std::size_t>(count)))
        found = found || (static_cast<std::int64_t>(row.id) == os::getpid() &&
                          row.state == os::ProcessState::running && row.resident_pages > 0 &&
                          std::string_view(row.name.data()) == "unix-tests");
    CHECK(found);
    CHECK(is(os::processes(std::span(rows).first(1)), count));
    CHECK(is(os::processes({}), count));
}
