// The numbers of a base class have no first value, and the derived class has a constructor.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: uninitialised
// breaks: `{}` does not zero a class whose constructor is written; the base's table is the
// stack's.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

struct Counters {
    std::array<std::uint64_t, 32> values;
};

struct Named : Counters {
    explicit Named(char letter) : name(letter) {}
    char name;
};

constinit std::uint64_t sum = 0;

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    const Named named{'a'};
    for (const std::uint64_t value : named.values)
        sum += value;
    return {};
}
