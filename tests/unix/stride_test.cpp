// Shares of stride: exact while clients stay, and kept over their sleeps.
// SPDX-License-Identifier: MIT
#include "services/sched/scheduler.hpp"
#include "turns.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <random>
#include <vector>

namespace {

using sched::Client;
using sched::Tickets;

// Lets POLICY choose QUANTA times; who ran how many ticks. SPEND: how much of a quantum is used.
template <class P, class Spend>
std::map<std::size_t, std::uint64_t> run(P& policy, int quanta, Spend spend) {
    std::map<std::size_t, std::uint64_t> ran;
    for (int i = 0; i < quanta; ++i) {
        const std::optional<Client> chosen = policy.pick();
        REQUIRE(chosen.has_value());
        const std::uint64_t ticks = spend();
        policy.charge(*chosen, ticks);
        ran[chosen->number()] += ticks;
    }
    return ran;
}
constexpr auto whole = [] { return QUANTUM; };

// By how many quanta the first of two clients is off its share of what both got.
double error_of(double mine, double my_tickets, double other, double other_tickets) {
    return std::abs(mine * other_tickets - other * my_tickets) / (my_tickets + other_tickets) /
           QUANTUM;
}

} // namespace

TEST_CASE("sched: stride keeps every pair within a quantum of its shares, at every instant") {
    for (unsigned seed = 0; seed < 50; ++seed) {
        std::mt19937 random(seed);
        sched::Stride policy;
        const std::size_t count = 2 + random() % 10;
        std::vector<std::uint64_t> shares;
        for (std::size_t i = 0; i < count; ++i) {
            shares.push_back(1 + random() % (seed % 2 == 0 ? Tickets::MOST : 20));
            policy.add(Client(i), tickets(shares[i]));
            policy.ready(Client(i));
        }
        std::vector<double> ran(count);
        const bool all_whole = seed % 3 == 0;
        for (int i = 0; i < 2'000; ++i) {
            const auto spent = run(policy, 1, [&]() -> std::uint64_t {
                return all_whole ? QUANTUM : 1 + random() % QUANTUM;
            });
            for (const auto& [client, ticks] : spent)
                ran[client] += static_cast<double>(ticks);
            for (std::size_t a = 0; a < count; ++a)
                for (std::size_t b = a + 1; b < count; ++b)
                    // A stride is exact to one part in 2^20, so 2,000 quanta add 0.002.
                    if (error_of(ran[a], shares[a], ran[b], shares[b]) > 1.002)
                        FAIL("seed ", seed, ": ", a, " and ", b, " after ", i, " quanta");
        }
    }
}

TEST_CASE("sched: equals take turns in the order of becoming ready under stride") {
    sched::Stride policy;
    for (const std::size_t client : {5, 2, 71}) {
        policy.add(Client(client), Tickets::usual());
        policy.ready(Client(client));
    }
    for (int turn = 0; turn < 3; ++turn)
        for (const std::size_t client : {5, 2, 71}) {
            CHECK(policy.pick() == Client(client));
            policy.charge(Client(client), QUANTUM);
        }
}

TEST_CASE("sched: sleepers disturb nobody else's share under stride") {
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        sched::Stride policy;
        std::vector<std::uint64_t> shares;
        for (std::size_t i = 0; i < 8; ++i) {
            shares.push_back(1 + random() % 500);
            policy.add(Client(i), tickets(shares[i]));
        }
        policy.ready(Client(0)); // 0 and 1 never sleep
        policy.ready(Client(1));
        std::vector<double> ran(8);
        for (int i = 0; i < 5'000; ++i) {
            const Client sleeper(2 + random() % 6);
            if (random() % 2 == 0)
                policy.ready(sleeper);
            else
                policy.not_ready(sleeper);
            for (const auto& [client, ticks] : run(policy, 1, whole))
                ran[client] += static_cast<double>(ticks);
            if (error_of(ran[0], shares[0], ran[1], shares[1]) > 1.002)
                FAIL("seed ", seed, " after ", i, " quanta");
        }
    }
}

// One who comes and goes a thousand times has, over all that time, what his tickets give him while
// he is ready: what he is ahead or behind is kept over his sleep, and never adds up.
TEST_CASE("sched: a sleeper's own share does not drift under stride") {
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        sched::Stride policy;
        constexpr double OTHERS = 3;
        const std::uint64_t share = 1 + random() % 300;
        policy.add(Client(0), tickets(share));
        for (std::size_t i = 1; i <= OTHERS; ++i) {
            policy.add(Client(i), tickets(100));
            policy.ready(Client(i));
        }
        double ran = 0;
        double ideal = 0;
        for (int nap = 0; nap < 1'000; ++nap) {
            policy.ready(Client(0));
            const int awake = 1 + static_cast<int>(random() % 7);
            const auto spent = run(policy, awake, whole);
            ran += spent.contains(0) ? static_cast<double>(spent.at(0)) / QUANTUM : 0;
            ideal += awake * static_cast<double>(share) / (share + OTHERS * 100);
            policy.not_ready(Client(0));
            run(policy, static_cast<int>(random() % 5), whole);
            CHECK(std::abs(ran - ideal) <= 2);
        }
    }
}

TEST_CASE("sched: a change of tickets changes the share from then on") {
    sched::Stride policy;
    policy.add(Client(0), tickets(100));
    policy.add(Client(1), tickets(100));
    policy.ready(Client(0));
    policy.ready(Client(1));
    auto ran = run(policy, 100, whole);
    CHECK(std::abs(static_cast<double>(ran[0]) - static_cast<double>(ran[1])) <= QUANTUM);
    policy.set_tickets(Client(0), tickets(300));
    ran = run(policy, 400, whole);
    CHECK(std::abs(static_cast<double>(ran[0]) / QUANTUM - 300) <= 2);
    policy.not_ready(Client(1));
    policy.set_tickets(Client(1), tickets(900)); // while asleep, too
    policy.ready(Client(1));
    ran = run(policy, 400, whole);
    CHECK(std::abs(static_cast<double>(ran[1]) / QUANTUM - 300) <= 2);
}

// 0 is five quanta ahead of his share when he stops; with a tenth of the tickets that is worth ten
// times as much of the other's time.
TEST_CASE("sched: what a sleeper is ahead stays worth his own time when his tickets change") {
    sched::Stride policy;
    policy.add(Client(0), tickets(100));
    policy.add(Client(1), tickets(100));
    policy.ready(Client(0));
    policy.ready(Client(1));
    policy.charge(Client(0), 10 * QUANTUM);
    policy.not_ready(Client(0));
    policy.set_tickets(Client(0), tickets(10));
    policy.ready(Client(0));
    int before_him = 0;
    while (policy.pick() == Client(1)) {
        policy.charge(Client(1), QUANTUM);
        ++before_him;
    }
    CHECK(before_him >= 55);
    CHECK(before_him <= 56);
}

TEST_CASE("sched: the smallest share, given once more, changes nothing") {
    sched::Stride policy;
    policy.add(Client(0), tickets(1));
    policy.add(Client(1), tickets(2));
    policy.ready(Client(0));
    policy.ready(Client(1));
    policy.charge(Client(0), 1); // two thirds of a tick ahead
    policy.set_tickets(Client(0), tickets(1));
    CHECK(policy.pick() == Client(1));
    policy.charge(Client(1), 3);
    CHECK(policy.pick() == Client(0));
}

TEST_CASE("sched: who ran alone for an hour owes nothing for it under stride") {
    sched::Stride policy;
    policy.add(Client(0), tickets(3));
    policy.add(Client(1), tickets(3));
    policy.ready(Client(0));
    for (const std::uint64_t ticks : {std::uint64_t{36'000'000'000}, ~std::uint64_t{0}}) {
        policy.charge(Client(0), ticks);
        policy.ready(Client(1));
        auto ran = run(policy, 100, whole);
        CHECK(std::abs(static_cast<double>(ran[0]) - static_cast<double>(ran[1])) <= 2 * QUANTUM);
        policy.not_ready(Client(1));
    }
}
