// The schedulers: turns of round robin, shares of stride.
// SPDX-License-Identifier: MIT
#include "services/sched/scheduler.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <random>
#include <set>
#include <vector>

namespace {

using sched::Client;
using sched::Tickets;

constexpr std::uint64_t QUANTUM = 1000; // ticks

Tickets tickets(std::uint64_t count) { return *Tickets::from_raw(count); }

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

TEST_CASE("sched: nobody is picked when nobody is ready") {
    for (const sched::Kind kind : {sched::Kind::round_robin, sched::Kind::stride}) {
        sched::Scheduler scheduler;
        scheduler.choose(kind);
        CHECK(!scheduler.pick());
        scheduler.add(Client(3), Tickets::usual());
        CHECK(!scheduler.pick());
        scheduler.ready(Client(3));
        CHECK(scheduler.pick() == Client(3));
        CHECK(scheduler.pick() == Client(3));
        scheduler.not_ready(Client(3));
        CHECK(!scheduler.pick());
        scheduler.ready(Client(3));
        scheduler.remove(Client(3));
        CHECK(!scheduler.pick());
    }
}

// What is said to the scheduler arrives at the policy that was chosen.
template <class P>
void expect_same_choices(sched::Kind kind) {
    std::mt19937 random(3);
    sched::Scheduler scheduler;
    scheduler.choose(kind);
    P policy;
    const auto both = [&](auto act) {
        act(scheduler);
        act(policy);
    };
    for (std::size_t i = 0; i < 6; ++i)
        both([&](auto& it) { it.add(Client(i), tickets(1 + 50 * i)); });
    for (int i = 0; i < 2'000; ++i) {
        const Client client(random() % 6);
        const Tickets share = tickets(1 + random() % 300);
        const std::uint64_t ticks = random() % QUANTUM;
        const unsigned what = random() % 10;
        both([&](auto& it) {
            if (what == 0)
                it.set_tickets(client, share);
            else if (what == 1)
                it.not_ready(client);
            else
                it.ready(client);
        });
        const std::optional<Client> chosen = policy.pick();
        REQUIRE(scheduler.pick() == chosen);
        if (chosen)
            both([&](auto& it) { it.charge(*chosen, ticks); });
    }
}

TEST_CASE("sched: the scheduler chooses as the policy that it was told to follow") {
    expect_same_choices<sched::RoundRobin>(sched::Kind::round_robin);
    expect_same_choices<sched::Stride>(sched::Kind::stride);
}

TEST_CASE("sched: policies have names, and tickets a range") {
    CHECK(sched::kind_named("round-robin") == sched::Kind::round_robin);
    CHECK(sched::kind_named("stride") == sched::Kind::stride);
    CHECK(!sched::kind_named("lottery"));
    CHECK(Tickets::from_raw(0).error() == Error::invalid);
    CHECK(Tickets::from_raw(Tickets::MOST + 1).error() == Error::invalid);
    CHECK(Tickets::from_raw(Tickets::MOST)->count() == Tickets::MOST);
}

TEST_CASE("sched: round robin gives turns in the order of becoming ready") {
    sched::RoundRobin policy;
    const auto expect_turn = [&](std::size_t client, auto meanwhile) {
        REQUIRE(policy.pick() == Client(client));
        meanwhile();
        policy.charge(Client(client), QUANTUM);
    };
    constexpr auto nothing = [] {};
    for (const std::size_t client : {5, 2, 71})
        policy.ready(Client(client));
    for (int round = 0; round < 3; ++round)
        for (const std::size_t client : {5, 2, 71})
            expect_turn(client, nothing);
    policy.not_ready(Client(2));
    expect_turn(5, [&] { policy.ready(Client(2)); }); // it comes before 5's next turn
    expect_turn(71, nothing);
    expect_turn(2, [&] { policy.ready(Client(2)); }); // is already
    expect_turn(5, [&] { policy.not_ready(Client(5)); });
    expect_turn(71, nothing);
    expect_turn(2, nothing);
    expect_turn(71, [&] { policy.not_ready(Client(2)); });
    expect_turn(71, [&] { policy.ready(Client(2)); }); // alone until now
    expect_turn(2, nothing);
}

TEST_CASE("sched: round robin is fair to all who stay ready, whoever comes and goes") {
    std::mt19937 random(1);
    sched::RoundRobin policy;
    std::map<std::size_t, int> turns;
    for (std::size_t client = 0; client < 8; ++client)
        policy.ready(Client(client));
    for (int i = 0; i < 20'000; ++i) {
        const Client visitor(8 + random() % 40);
        if (random() % 2 == 0)
            policy.ready(visitor);
        else
            policy.not_ready(visitor);
        const Client chosen = *policy.pick();
        policy.charge(chosen, QUANTUM);
        ++turns[chosen.number()];
    }
    for (std::size_t client = 1; client < 8; ++client)
        CHECK(std::abs(turns[client] - turns[0]) <= 1);
}

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

TEST_CASE("sched: only who is ready is picked, and everybody who stays ready is") {
    for (const sched::Kind kind : {sched::Kind::round_robin, sched::Kind::stride}) {
        std::mt19937 random(7);
        sched::Scheduler scheduler;
        scheduler.choose(kind);
        std::set<std::size_t> there;
        std::set<std::size_t> ready;
        std::map<std::size_t, int> waited;
        for (int i = 0; i < 50'000; ++i) {
            const Client client(random() % sched::CLIENTS);
            const bool is_there = there.contains(client.number());
            if (!is_there) {
                scheduler.add(client, tickets(50 + random() % 51));
                there.insert(client.number());
            } else if (random() % 8 == 0) {
                scheduler.remove(client);
                there.erase(client.number());
                ready.erase(client.number());
            } else if (random() % 3 != 0) {
                scheduler.ready(client);
                ready.insert(client.number());
            } else {
                scheduler.not_ready(client);
                ready.erase(client.number());
            }
            const std::optional<Client> chosen = scheduler.pick();
            REQUIRE(chosen.has_value() == !ready.empty());
            if (!chosen)
                continue;
            REQUIRE(ready.contains(chosen->number()));
            scheduler.charge(*chosen, QUANTUM);
            for (auto& [number, turns] : waited)
                turns = ready.contains(number) ? turns + 1 : 0;
            waited[chosen->number()] = 0;
            for (const std::size_t number : ready)
                CHECK_MESSAGE(waited[number] <= 20 * static_cast<int>(sched::CLIENTS), number);
        }
    }
}
