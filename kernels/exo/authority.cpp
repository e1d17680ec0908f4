// Making and checking capabilities, and binding by them.
// SPDX-License-Identifier: MIT
#include "authority.hpp"

#include "kernel.hpp"

SipHashKey make_key(const BootInfo& boot) {
    const Result<std::uint64_t> low = load<std::uint64_t>(boot.random_seed, 0);
    const Result<std::uint64_t> high = load<std::uint64_t>(boot.random_seed, 8);
    // Without a seed from the firmware there is nothing better than the clock: capabilities are
    // then as hard to forge as the time of the start is to guess.
    if (!low || !high)
        return {timer::now(), ~timer::now()};
    return {*low, *high};
}

Result<abi::exo::Capability> allocate(const Environment& environment, Frame frame) {
    const Epoch epoch = TRY(kernel.frames.allocate(frame, environment.id));
    return seal(kernel.key, CapabilityName::of(frame, Rights::all(), epoch));
}

Result<void> deallocate(const abi::exo::Capability& capability) {
    const CapabilityName name = TRY(authenticate(kernel.key, capability));
    if (!name.rights().can_write())
        return std::unexpected(Error::not_permitted);
    return kernel.frames.deallocate(name.frame(), name.epoch());
}

Result<void> bind(Environment& environment, const abi::exo::Capability& capability,
                  std::uint64_t slot) {
    BindingTable& bindings = environment.addressing.bindings;
    if (bindings.at(slot) != CapabilityName())
        return std::unexpected(Error::already_mapped);
    const CapabilityName name = TRY(authenticate(kernel.key, capability));
    FrameRecord& record = *TRY(kernel.frames.live(name.frame(), name.epoch()));
    TRY(bindings.set(slot, name));
    record.bindings += 1;
    return {};
}

Result<void> unbind(Environment& environment, std::uint64_t slot) {
    BindingTable& bindings = environment.addressing.bindings;
    const CapabilityName name = bindings.at(slot);
    if (name == CapabilityName())
        return std::unexpected(Error::not_mapped);
    FrameRecord& record = kernel.frames.record(name.frame());
    if (record.mappings != 0)
        return std::unexpected(Error::would_block);
    TRY(bindings.set(slot, CapabilityName()));
    record.bindings -= 1;
    return {};
}
