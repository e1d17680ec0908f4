// A small extension that offers functions to others.
// SPDX-License-Identifier: MIT
#include "tests/extensions/counter.hpp"

#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

constinit std::uint64_t calls = 0;
constinit std::array<std::uint64_t, 4> table{};

} // namespace

std::uint64_t counter::counter_next(std::uint64_t by) { return calls += by; }

[[gnu::naked]] void counter::counter_nothing() { asm("ret"); }

std::uint64_t counter::counter_break(std::uint64_t index) { return table[index] += 1; }

// Another's of this name would be found, if names were not hidden unless they are declared for
// others.
extern "C" std::uint64_t counter_hidden() { return calls; }

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) { return {}; }
