// Threads that run nothing: they write down what they were asked.
// SPDX-License-Identifier: MIT
#pragma once

#include "pages.hpp"
#include "services/exec/program.hpp"
#include "services/sched/policy.hpp"
#include "tests/unix/world.hpp"

#include "abi/calls/memory.hpp"
#include "abi/calls/processes.hpp"

struct Caller {
    enum class Life : std::uint8_t { none, created, started, ended };

    std::size_t number = 0;
    unix::ProcessId id{};
    std::optional<vm::SpaceId> space{};
    Life life = Life::none;
    abi::FaultContext context{};
    std::uint64_t tickets = 0;
    unsigned yields = 0;
    std::string entered_as{}; // what UNIX called it when it entered its program

    unix::ProcessIndex index() const { return unix::ProcessIndex(number); }
};

// What end_system throws, as it does not return.
struct MachineEnded {
    unix::ExitStatus status;
};

class Threads {
public:
    static constexpr std::size_t SP = 1; // of FaultContext::registers
    static constexpr std::size_t A0 = 9;

    Threads(Steps& steps, System& system) : steps_(steps), system_(system) {}

    Result<void> create(unix::ProcessIndex index) {
        TRY(steps_.take());
        Caller& caller = place(index);
        CHECK((caller.life == Caller::Life::none || caller.life == Caller::Life::ended));
        CHECK(!caller.space);
        caller = {.number = index.number(), .id = system_.id(index), .life = Caller::Life::created};
        return {};
    }
    Caller& at(unix::ProcessIndex index) {
        CHECK(has_thread(place(index)));
        return place(index);
    }
    void copy(const Caller& parent, Caller& child, vm::SpaceId space) {
        child.context = parent.context;
        child.context.registers[A0] = 0;
        child.space = space;
    }
    void start(Caller& caller) {
        CHECK(caller.life == Caller::Life::created);
        CHECK(caller.space.has_value());
        caller.life = Caller::Life::started;
    }
    void enter(Caller& caller, vm::SpaceId space, const exec::Start& start) {
        caller.space = space;
        caller.entered_as = system_.name(caller.index());
        caller.context = {.pc = start.pc.raw(), .registers = {}, .cause = 0, .address = 0};
        caller.context.registers[SP] = start.stack.raw();
        caller.context.registers[A0] = start.a0;
        caller.context.registers[A0 + 1] = start.a1;
        caller.context.registers[A0 + 2] = start.a2;
    }
    void leave_space(Caller& caller) { caller.space.reset(); }
    void save(const Caller& caller, abi::FaultContext& context) {
        context.pc = caller.context.pc;
        context.registers = caller.context.registers;
    }
    void restore(Caller& caller, const abi::FaultContext& wanted) { caller.context = wanted; }
    void yield(Caller& caller) { ++caller.yields; }
    void set_tickets(Caller& caller, sched::Tickets tickets) { caller.tickets = tickets.count(); }
    Result<void> schedule_group(Caller&, abi::Scheduling scheduling) {
        group_scheduling = scheduling;
        return steps_.take();
    }
    void describe(unix::ProcessIndex index, abi::ProcessInfo& row) {
        CHECK(place(index).life != Caller::Life::none);
        row.faults = 100 + index.number();
    }
    void finish(Caller& caller) {
        CHECK(caller.life == Caller::Life::started);
        CHECK(!caller.space);
        caller.life = Caller::Life::ended;
    }
    [[noreturn]] void end_system(unix::ExitStatus status) { throw MachineEnded{status}; }

    std::uint64_t now() { return ticks; }
    std::uint64_t deadline_in(std::uint64_t wait) {
        const std::uint64_t never = ~std::uint64_t{0};
        return wait > never - ticks ? never : ticks + wait;
    }
    std::uint64_t switches() { return 7; }

    bool is_in_force(vm::SpaceId space) const {
        return std::ranges::any_of(callers_,
                                   [&](const Caller& caller) { return caller.space == space; });
    }

    // For tests, which look at all of them.
    Caller& place(unix::ProcessIndex index) { return callers_[index.number()]; }
    static bool has_thread(const Caller& caller) {
        return caller.life == Caller::Life::created || caller.life == Caller::Life::started;
    }

    std::uint64_t ticks = 1'000;
    std::optional<abi::Scheduling> group_scheduling{};

private:
    Steps& steps_;
    System& system_;
    std::array<Caller, unix::PROCESSES> callers_{};
};
