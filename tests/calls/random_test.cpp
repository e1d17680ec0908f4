// Whatever numbers and arguments a program comes with.
// SPDX-License-Identifier: MIT
#include "calls.hpp"

#include <random>

namespace {

constexpr std::uint64_t NEVER = ~std::uint64_t{0};

} // namespace

TEST_CASE("calls: whatever a program asks is answered, or waits for what somebody wakes") {
    Calls calls;
    std::mt19937 random(20261126);
    const std::uint64_t odd[] = {0,
                                 1,
                                 2,
                                 3,
                                 40,
                                 4096,
                                 DATA.raw(),
                                 DATA.raw() + 4090,
                                 USER_END,
                                 NEVER,
                                 USER_END - 1,
                                 NEVER - 10,
                                 MAP_BASE,
                                 0x8000000000000000};
    Caller* child = &calls.fork(calls.first);
    for (unsigned round = 0; round < 20'000; ++round) {
        const std::uint64_t number = random() % 65;
        if (number == static_cast<std::uint64_t>(SystemCall::exit))
            continue;
        Arguments arguments{};
        for (std::uint64_t& argument : arguments)
            argument = random() % 8 == 0 ? random() : odd[random() % std::size(odd)];
        CAPTURE(round);
        CAPTURE(number);
        RequestWords words = words_of(static_cast<SystemCall>(number), arguments);
        const Tried tried = calls.serve(*child, words); // which looks at what it waits for
        if (tried.must_wait)
            calls.system.let_go(child->index());
        // What killed itself ends, and what has many children, too.
        const bool has_ended = calls.system.killed(child->index()).has_value();
        if (has_ended || calls.memory.in_use() >= Pages::SPACES - 1) {
            for (std::size_t i = 1; i < unix::PROCESSES; ++i)
                if (Caller& other = calls.threads.place(ProcessIndex(i));
                    other.life == Caller::Life::started)
                    call::end_process(other, ExitStatus::killed());
            while (static_cast<std::int64_t>(calls.call(calls.first, SystemCall::wait, {})) > 0) {
            }
            child = &calls.fork(calls.first);
        }
    }
}
