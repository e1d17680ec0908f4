// A guard that takes as long as there are numbers.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: guards are asked at every system call, before any handler; the machine stands in the
// first.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/trap.hpp"

namespace {

constinit std::uint64_t turns = 0;

bool is_mine(const spin::SystemCall& call) {
    std::uint64_t hash = call.number();
    while (hash != 0)
        turns = hash = hash * 6364136223846793005 + 1442695040888963407 + turns % 2;
    return true;
}

std::uint64_t answer(spin::SystemCall) { return 0; }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    return trap_install_system_call(program.context, is_mine, answer);
}
