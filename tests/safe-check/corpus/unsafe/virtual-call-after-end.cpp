// A virtual function is called through a reference to an object that has ended.
// SPDX-License-Identifier: MIT
//
// gate: checker
// breaks: the table's address is what stands on the stack now: the call goes anywhere.
#include "kernels/spin/interface/extension.hpp"

#include <array>
#include <optional>

namespace {

struct Handler {
    virtual std::uint64_t handle(std::uint64_t value) { return value + 1; }
};
struct Squarer : Handler {
    std::uint64_t handle(std::uint64_t value) override { return value * value; }
};
struct Slot {
    Handler& handler;
};

constinit std::optional<Slot> slot{};

[[gnu::noinline]] std::uint64_t call(std::uint64_t value) { return slot->handler.handle(value); }

[[gnu::noinline]] std::uint64_t install(std::uint64_t value) {
    Handler plain{};
    Squarer squarer{};
    slot.emplace(Slot{plain});
    if (value % 2 == 0)
        slot.emplace(Slot{squarer});
    return call(value);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    install(TRY(phys_addr_limit(quota)));
    return call(1) == 2 ? Result<void>() : std::unexpected(Error::invalid);
}
