// A guard of a trusted template is returned while its lock was a local.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the guard's destructor writes `false` into a stack frame that has ended.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/lock.hpp"

#include "services/io/turn.hpp"

namespace {

io::Turn<spin::SleepingLock> begin() {
    spin::SleepingLock lock{};
    return io::Turn<spin::SleepingLock>(lock);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const auto turn = begin();
    console_write("in the middle of a lock that is gone\n");
    return {};
}
