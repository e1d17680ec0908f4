// A number becomes an enumeration by braces, without a cast to be seen.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: cast
// breaks: the value has no name: a switch with a return for each name falls off its end.
#include "kernels/spin/interface/extension.hpp"

namespace {

enum class Mode : std::uint8_t { idle, busy };

constinit std::uint64_t seen = 0;

std::uint64_t cost(Mode mode) {
    switch (mode) {
    case Mode::idle:
        return 1;
    case Mode::busy:
        return 100;
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Mode mode{7};
    seen = cost(mode);
    return {};
}
