// Waiting and giving way; the words that UNIX wakes by; locks.
// SPDX-License-Identifier: MIT
//
// Before: a call that has no answer yet (calls.cpp), the disk, a lock. Next: give_way in slices.S,
// and the kernel's `wait`.
#include "waiting.hpp"

#include "critical.hpp"
#include "deaths.hpp"
#include "libos.hpp"
#include "primitives.hpp"

#include "services/calls/lives.hpp"

#include <utility>

// slices.S
extern "C" std::uint64_t give_way(std::uint64_t first, std::uint64_t second, std::uint64_t number);

namespace {

using abi::exo::Primitive;

// The time of a slice is the process's that had it.
void end_turn() {
    const std::uint64_t ticks = read_time() - libos.since;
    this_process().ticks += ticks;
    if (shared.turns.group_of(libos.self)) [[unlikely]]
        shared.turns.charge(libos.self, ticks);
}

// The terms of a wait, in the environment page.
class Terms {
public:
    void add(const volatile std::uint64_t& word, std::uint64_t value) {
        environment_page().terms[count_++] = {slots::name_of(word), value};
    }
    void wait(std::uint64_t deadline) {
        end_turn();
        Process& process = this_process();
        process.waits = true;
        process.deadline = deadline;
        if (shared.turns.group_of(libos.self)) [[unlikely]]
            shared.turns.set_ready(libos.self, false);
        shared.inside = 0;
        give_way(count_, deadline, static_cast<std::uint64_t>(Primitive::wait));
        process.waits = false;
        begin_turn(); // it looks who was inside
        shared.inside = process.number.number() + 1;
    }

private:
    std::size_t count_ = 0;
};

volatile std::uint64_t& killed_word() { return shared.killed[libos.self.number()]; }

void hear_if_typed() {
    if (shared.keys.written != shared.keys.taken) [[unlikely]]
        hear_keys();
}

} // namespace

void begin_turn() {
    libos.since = read_time();
    shared.switches += 1;
    if (shared.deaths != shared.deaths_heeded) [[unlikely]]
        heed_deaths();
    if (shared.turns.group_of(libos.self)) [[unlikely]] {
        await_turn();
        libos.since = read_time();
    }
}

void wait_for(const volatile std::uint64_t& word, std::uint64_t value, Patience patience,
              std::uint64_t deadline) {
    Terms terms;
    terms.add(word, value);
    terms.add(shared.deaths, shared.deaths_heeded);
    if (patience == Patience::until_killed) {
        if (&word == &shared.events[unix::Event::terminal().number()] ||
            shared.system.may_interrupt())
            terms.add(shared.keys.written, shared.keys.taken);
    }
    terms.wait(deadline);
    hear_if_typed();
}

void wait_until(std::uint64_t deadline) {
    note_memory(); // whoever sleeps has time for it
    Terms terms;
    terms.add(killed_word(), 0);
    terms.add(shared.deaths, shared.deaths_heeded);
    if (shared.system.may_interrupt())
        terms.add(shared.keys.written, shared.keys.taken);
    terms.wait(deadline);
    hear_if_typed();
}

void yield_slice() {
    const std::uint64_t next = whom_to_yield_to();
    const std::uint64_t inside = std::exchange(shared.inside, 0);
    end_turn();
    give_way(next, 0, static_cast<std::uint64_t>(Primitive::yield));
    begin_turn();
    shared.inside = inside;
}

// Whoever gives way changes what processes share: that is critical again.
void yield_late() {
    do {
        enter_critical();
        yield_slice();
        stay_in_order();
        critical = 0;
        stay_in_order();
    } while (must_yield != 0);
}

void hear_keys() {
    abi::exo::Keys& keys = shared.keys;
    while (keys.taken != *const_cast<volatile std::uint64_t*>(&keys.written)) {
        const auto key = static_cast<std::byte>(keys.bytes[keys.taken % abi::exo::Keys::BYTES]);
        keys.taken += 1;
        shared.system.terminal_input(key);
    }
}

void UnixPlacement::wake(unix::Event event) {
    volatile std::uint64_t& word = shared.events[event.number()];
    word = word + 1;
}

// It finds out when it comes from its wait, or when its next slice begins. What it waits for has
// not happened, and whoever else waits for the same looks again in vain.
void UnixPlacement::interrupt(unix::ProcessIndex index) {
    shared.killed[index.number()] = 1;
    const unix::Event awaited = shared.system.awaited(index);
    if (awaited.is_woken())
        wake(awaited);
}

void UnixPlacement::put(std::string_view text) { primitive::write_console(text); }

void Lock::acquire() {
    while (const std::uint64_t holder = holder_)
        wait_for(holder_, holder, Patience::until_it_happens);
    holder_ = libos.self.number() + 1;
}

void Lock::release() { holder_ = 0; }

// slices.S: the slice is over, and all registers are kept. Whom to yield to.
extern "C" std::uint64_t slice_ended() {
    const std::uint64_t next = whom_to_yield_to();
    end_turn();
    return next;
}

// And the next one has begun. A program that was killed goes no further; one that was interrupted
// in the middle of the library does when it is out of there.
extern "C" void slice_begun() {
    begin_turn();
    hear_if_typed();
    const bool is_in_library = slice_context.pc >= LIBRARY_BASE;
    if (is_in_library)
        return;
    if (killed_word() != 0)
        call::end_killed(this_process());
    heed_revocation();
}
