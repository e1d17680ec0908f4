// An arrow operator of one's own returns `this`, which then is a pointer.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: pointer
// breaks: `auto` takes it, and an index behind it is not checked.
#include "kernels/spin/interface/extension.hpp"

namespace {

struct Self {
    auto operator->() { return this; }
    std::uint64_t value = 0;
};

constinit Self self{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    auto place = self.operator->();
    place[0x10000].value = 1;
    return {};
}
