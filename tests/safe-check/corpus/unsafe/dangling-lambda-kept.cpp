// A lambda that captured a local is assigned to an object that outlives the local.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the object's call reads and writes through a reference into a frame that has ended.
#include "kernels/spin/interface/extension.hpp"

#include <optional>

namespace {

auto make_step(std::uint64_t& value) {
    return [&value] { value += 1; };
}
constinit std::uint64_t total = 0;
using Step = decltype(make_step(total));

void arm(std::optional<Step>& step) {
    std::uint64_t local = 1;
    step.emplace(make_step(local));
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    std::optional<Step> step{};
    arm(step);
    (*step)();
    return {};
}
