// A class with a virtual destructor: the compiler writes a function that deletes.
// SPDX-License-Identifier: MIT
//
// gate: linker
// breaks: `operator delete` is called by nobody in the source; whoever defines it gets the
// address.
#include "kernels/spin/interface/extension.hpp"

namespace {

struct Policy {
    virtual ~Policy() = default;
    virtual std::uint64_t choose(std::uint64_t among) { return among - 1; }
};
struct First : Policy {
    std::uint64_t choose(std::uint64_t) override { return 0; }
};

[[gnu::noinline]] std::uint64_t ask(Policy& policy, std::uint64_t among) {
    return policy.choose(among);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const std::uint64_t limit = TRY(phys_addr_limit(quota));
    Policy last{};
    First first{};
    return ask(first, limit) < ask(last, limit) ? Result<void>() : std::unexpected(Error::invalid);
}
