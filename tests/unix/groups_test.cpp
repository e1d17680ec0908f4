// Groups that are scheduled among themselves, above a kernel that knows threads only.
// SPDX-License-Identifier: MIT
#include "services/groups/groups.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

namespace {

using sched::Client;
using sched::Group;
using sched::Kind;
using sched::Tickets;

constexpr std::uint64_t QUANTUM = 10; // ticks

// What a kernel knows of its threads (sched::GroupPlacement).
struct Threads {
    struct Thread {
        bool could_run = false;
        bool is_released = false;
        std::uint64_t ticks = 0;
    };
    std::array<Thread, sched::CLIENTS> all{};
    std::optional<Client> running;
    bool is_over = false; // the turn of who runs

    sched::Use use(Client client) const { return {running == client, at(client).ticks}; }
    void release(Client client) { at(client).is_released = true; }
    void hold(Client client) { at(client).is_released = false; }
    void end_turn(Client client) {
        CHECK(running == client);
        is_over = true;
    }
    Thread& at(Client client) { return all[client.number()]; }
    const Thread& at(Client client) const { return all[client.number()]; }
};

// One processor. Threads that may run have it by turns, whoever comes first in the table.
struct Machine {
    Threads threads;
    sched::Groups<Threads> groups{threads};

    // CLIENT could run: it was made, or waited for something.
    void wake(Client client) {
        threads.at(client).could_run = true;
        groups.ready(client);
    }
    // One turn of somebody who may run. Where HAPPENS(client, tick) says true, the client waits
    // from then on. Who it was.
    template <class Happens>
    std::optional<Client> turn(Happens happens) {
        const auto next = std::ranges::find_if(threads.all, may_run);
        if (next == threads.all.end())
            return std::nullopt;
        const Client client(static_cast<std::size_t>(next - threads.all.begin()));
        threads.running = client;
        threads.is_over = false;
        for (std::uint64_t tick = 0; tick < QUANTUM && next->could_run && !threads.is_over;
             ++tick) {
            ++next->ticks;
            next->could_run = !happens(client, tick);
        }
        threads.running.reset();
        if (!groups.checkpoint(client, next->ticks, next->could_run))
            threads.hold(client);
        return client;
    }
    std::optional<Client> turn() {
        return turn([](Client, std::uint64_t) { return false; });
    }
    std::uint64_t ticks(Client client) const { return threads.at(client).ticks; }
    std::ptrdiff_t released() const { return std::ranges::count_if(threads.all, may_run); }

    static bool may_run(const Threads::Thread& thread) {
        return thread.is_released && thread.could_run;
    }
};

Tickets tickets(std::uint64_t count) { return *Tickets::from_raw(count); }

} // namespace

TEST_CASE("groups: a group comes back with its last member, and there are a few") {
    Machine machine;
    for (int round = 0; round < 3; ++round) {
        for (std::size_t i = 0; i < sched::Groups<Threads>::COUNT; ++i) {
            const auto group = machine.groups.create(Kind::stride);
            REQUIRE(group.has_value());
            machine.groups.adopt(*group, Client(i), Tickets::usual(), 0);
        }
        CHECK(machine.groups.create(Kind::stride).error() == Error::too_many);
        for (std::size_t i = 0; i < sched::Groups<Threads>::COUNT; ++i)
            machine.groups.leave(Client(i));
    }
}

TEST_CASE("groups: by stride members that compute have what their tickets say, to a quantum") {
    Machine machine;
    const Group group = *machine.groups.create(Kind::stride);
    const std::array<std::uint64_t, 3> shares{400, 100, 300};
    for (std::size_t i = 0; i < shares.size(); ++i) {
        machine.groups.adopt(group, Client(i), tickets(shares[i]), 0);
        machine.wake(Client(i));
        CHECK(machine.released() == 1);
    }
    constexpr std::uint64_t TURNS = 800;
    for (std::uint64_t i = 0; i < TURNS; ++i)
        REQUIRE(machine.turn().has_value());
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const std::uint64_t due = TURNS * QUANTUM * shares[i] / 800;
        CHECK(machine.ticks(Client(i)) + 2 * QUANTUM >= due);
        CHECK(machine.ticks(Client(i)) <= due + 2 * QUANTUM);
    }
}

TEST_CASE("groups: who wakes and is owed the processor has it before the other's turn is over") {
    Machine machine;
    const Group group = *machine.groups.create(Kind::stride);
    const Client sleeper(0);
    const Client other(1);
    machine.groups.adopt(group, sleeper, tickets(4096), 0);
    machine.groups.adopt(group, other, tickets(1), 0);
    machine.wake(sleeper);
    CHECK(machine.turn([](Client, std::uint64_t) { return true; }) == sleeper); // and sleeps
    machine.wake(other);
    CHECK(machine.turn() == other);
    const std::uint64_t before = machine.ticks(other);
    CHECK(machine.turn([&](Client, std::uint64_t tick) {
        if (tick == 3)
            machine.wake(sleeper);
        return false;
    }) == other);
    CHECK(machine.ticks(other) == before + 4);
    CHECK(machine.turn() == sleeper);
}

TEST_CASE("groups: at random, one of each group may run, and nobody is forgotten") {
    for (const Kind kind : {Kind::round_robin, Kind::stride}) {
        std::mt19937 random(1); // NOLINT(cert-msc51-cpp,cert-msc32-c): the same each time
        Machine machine;
        constexpr std::size_t MEMBERS = 8;
        const std::array<Group, 2> groups{*machine.groups.create(kind),
                                          *machine.groups.create(kind)};
        std::array<bool, MEMBERS> sleeps{};
        std::array<std::uint64_t, MEMBERS> turns{};
        for (std::size_t i = 0; i < MEMBERS; ++i) {
            machine.groups.adopt(groups[i % 2], Client(i), Tickets::usual(), 0);
            machine.wake(Client(i));
        }
        for (int step = 0; step < 20'000; ++step) {
            REQUIRE(machine.released() <= 2);
            const auto woken = random() % MEMBERS;
            if (sleeps[woken]) {
                sleeps[woken] = false;
                machine.wake(Client(woken));
            }
            const auto ran =
                machine.turn([&](Client, std::uint64_t) { return random() % (2 * QUANTUM) == 0; });
            if (!ran) {
                REQUIRE(std::ranges::count(sleeps, true) == MEMBERS);
                continue;
            }
            ++turns[ran->number()];
            // Who moves to the other group is no less ready than before.
            if (random() % 50 == 0) {
                const Client moved(random() % MEMBERS);
                const bool was_ready = machine.groups.is_ready(moved);
                machine.groups.leave(moved);
                machine.threads.hold(moved);
                machine.groups.adopt(groups[random() % 2], moved, Tickets::usual(),
                                     machine.ticks(moved));
                if (was_ready)
                    machine.groups.ready(moved);
            }
            sleeps[ran->number()] = !machine.groups.is_ready(*ran);
        }
        // The group that comes first on this machine has more turns, but each has its share of it.
        CHECK(*std::ranges::min_element(turns) > 0);
    }
}
