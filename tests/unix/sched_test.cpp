// The scheduler, and the turns of round robin.
// SPDX-License-Identifier: MIT
//
// Shares of stride: stride_test.cpp.
#include "services/sched/scheduler.hpp"
#include "turns.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <random>
#include <set>

using sched::Client;
using sched::Tickets;

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

namespace {

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

} // namespace

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
