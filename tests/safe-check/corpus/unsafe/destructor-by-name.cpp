// An object's destructor is called by hand, and the object used again.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: destructor-call
// breaks: its lock is given back twice; others stand in it meanwhile.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/lock.hpp"

#include "services/io/turn.hpp"

namespace {

constinit spin::SleepingLock lock{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    io::Turn turn(lock);
    turn.~Turn();
    return {};
}
