// Counts a program's system calls by number, and answers one of its own.
// SPDX-License-Identifier: MIT
//
// Does: a guard on the number, a handler that reads arguments, a bounded histogram.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/trap.hpp"

#include <algorithm>
#include <array>

namespace {

constexpr std::uint64_t COUNT_OF = 900; // the call that asks

struct Calls {
    std::array<std::uint64_t, 64> by_number{};
};
constinit Calls calls{};

bool is_mine(const spin::SystemCall& call) { return call.number() == COUNT_OF; }

std::uint64_t answer(spin::SystemCall call) {
    const std::uint64_t last = calls.by_number.size() - 1;
    calls.by_number[std::min(call.number(), last)] += 1;
    if (call.argument(0) > last)
        return spin::to_word(std::unexpected(Error::invalid));
    return calls.by_number[call.argument(0)];
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    return trap_install_system_call(program.context, is_mine, answer);
}
