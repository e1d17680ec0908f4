// A strand shows its stack to another one and ends.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: dangling
// breaks: the other strand then writes into a stack that is a new strand's, or the kernel's again.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>

namespace {

struct Shared {
    std::span<std::uint64_t> mail{};
};
constinit Shared shared{};

void owner() {
    std::array<std::uint64_t, 32> mail{};
    shared.mail = mail;
    strand_yield();
}

void writer() {
    while (shared.mail.empty())
        strand_yield();
    for (;;) {
        shared.mail[0] += 1;
        strand_yield();
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    TRY(strand_create(quota, owner));
    TRY(strand_create(quota, writer));
    return {};
}
