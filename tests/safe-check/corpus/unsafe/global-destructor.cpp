// A global object with a destructor that somebody has to run at the end.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: global-state
// breaks: the compiler registers it with a runtime that is not there, at a start that nobody
// calls.
#include "kernels/spin/interface/extension.hpp"

namespace {

struct Farewell {
    constexpr Farewell() = default;
    ~Farewell() { console_write("after the end\n"); }
};

Farewell farewell{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) { return {}; }
