// A state machine over keys: a combination lock with three letters, as a table of transitions.
// SPDX-License-Identifier: MIT
//
// Does: states and events are enumerations, the table is a function of both.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/machine.hpp"

#include <array>

namespace {

enum class State : std::uint8_t { closed, one, two, open };

struct Lock {
    State state = State::closed;
    std::uint64_t tries = 0;
};
constinit Lock lock{};

constexpr std::array<char, 3> COMBINATION{'a', 'b', 'c'};

State next(State state, char key) {
    switch (state) {
    case State::closed:
        return key == COMBINATION[0] ? State::one : State::closed;
    case State::one:
        return key == COMBINATION[1] ? State::two : State::closed;
    case State::two:
        return key == COMBINATION[2] ? State::open : State::closed;
    case State::open:
        return State::open;
    }
    return State::closed;
}

void on_key(const spin::Key& event) {
    lock.tries += 1;
    lock.state = next(lock.state, static_cast<char>(std::to_integer<std::uint8_t>(event.byte)));
    if (lock.state == State::open)
        console_write("open\n");
}

bool is_awaited() { return lock.state != State::open; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return machine_install_keys(on_key, is_awaited);
}
