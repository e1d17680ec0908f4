// The gate: capabilities are checked here, and nowhere else.
// SPDX-License-Identifier: MIT
//
// Before: syscall.cpp. Next: frames.cpp, space.cpp, extents.cpp.
#include "authority.hpp"

#include "kernel.hpp"

#include <algorithm>

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

Result<void> allocate_into(Environment& environment, Frame frame, std::uint64_t slot) {
    TRY(check_empty(environment, slot));
    const Epoch epoch = TRY(kernel.frames.allocate(frame, environment.id));
    environment.bindings.set(slot, CapabilityName::of(frame, Rights::all(), epoch));
    kernel.frames.record(frame).bindings += 1;
    return {};
}

Result<void> deallocate(const abi::exo::Capability& capability) {
    const CapabilityName name = TRY(authenticate(kernel.key, capability));
    if (!name.is_frame_with(Rights::read_write()))
        return std::unexpected(Error::not_permitted);
    const EnvironmentId owner(TRY(kernel.frames.live(name.frame(), name.epoch()))->owner);
    TRY(kernel.frames.deallocate(name.frame(), name.epoch()));
    note_given(owner);
    return {};
}

Result<abi::exo::Capability> take_extent(const Environment& environment, std::uint64_t first,
                                         std::uint64_t blocks) {
    const std::uint64_t number = TRY(kernel.extents.take(first, blocks, environment.id));
    const Epoch epoch = kernel.extents.at(number).epoch;
    return seal(kernel.key, CapabilityName::of(Kind::extent, number, Rights::all(), epoch));
}

Result<void> return_extent(const abi::exo::Capability& capability) {
    const CapabilityName name = TRY(authenticate(kernel.key, capability));
    if (name.kind() != Kind::extent || !name.rights().can_write())
        return std::unexpected(Error::not_permitted);
    kernel.extents.give_back(*TRY(kernel.extents.live(name.number(), name.epoch())));
    return {};
}

CapabilityName name_of(const Environment& environment) {
    return CapabilityName::of(Kind::environment, environment.id.raw(), Rights::all(),
                              environment.epoch);
}

abi::exo::Capability seal_environment(const Environment& environment) {
    return seal(kernel.key, name_of(environment));
}

Result<void> check_empty(const Environment& environment, std::uint64_t slot) {
    if (!environment.bindings.has(slot))
        return std::unexpected(Error::invalid);
    if (!environment.bindings.at(slot).is_empty())
        return std::unexpected(Error::already_mapped);
    return {};
}

namespace {

// The environment that NAME is for. not_permitted: it is for none, or for one that has ended.
Result<Environment*> environment_behind(CapabilityName name) {
    if (name.kind() != Kind::environment || name.number() == 0 ||
        name.number() > kernel.environments.size())
        return std::unexpected(Error::not_permitted);
    Environment& found = environment_at(EnvironmentId(name.number()));
    if (!found.is_there() || found.epoch != name.epoch())
        return std::unexpected(Error::not_permitted);
    return &found;
}

// Whether what NAME is for is there still; it counts one binding more then.
Result<void> begin_binding(CapabilityName name) {
    switch (name.kind()) {
    case Kind::frame:
        TRY(kernel.frames.live(name.frame(), name.epoch()))->bindings += 1;
        return {};
    case Kind::environment:
        TRY(environment_behind(name));
        return {};
    case Kind::extent:
        TRY(kernel.extents.live(name.number(), name.epoch()))->bindings += 1;
        return {};
    }
    return std::unexpected(Error::not_permitted);
}

// One binding less of what NAME is for. An extent that was returned counts none.
void end_binding(CapabilityName name) {
    if (name.kind() == Kind::frame)
        kernel.frames.record(name.frame()).bindings -= 1;
    if (name.kind() == Kind::extent)
        if (const Result<Extent*> extent = kernel.extents.live(name.number(), name.epoch()))
            kernel.extents.end_binding(**extent);
}

// Nobody but OWNER binds or maps FRAME in ENVIRONMENT any more.
void take_away(Environment& environment, Frame frame) {
    for (std::uint64_t slot = 0; slot < abi::exo::BINDINGS; ++slot) {
        const CapabilityName bound = environment.bindings.at(slot);
        if (bound.is_frame_with(Rights::none()) && !bound.is_empty() && bound.frame() == frame)
            static_cast<void>(unbind(environment, slot)); // it is there
    }
    environment.space.for_each([&](Page page, const sv39::Pte& entry) {
        if (entry.frame() != frame || !Space::is_free_to_use(page))
            return;
        *MUST(environment.space.entry_to_change(page)) = sv39::Pte(); // it stands there
        kernel.frames.record(frame).mappings -= 1;
    });
}

} // namespace

Result<void> bind(Environment& environment, const abi::exo::Capability& capability,
                  std::uint64_t slot) {
    TRY(check_empty(environment, slot));
    const CapabilityName name = TRY(authenticate(kernel.key, capability));
    TRY(begin_binding(name));
    environment.bindings.set(slot, name);
    return {};
}

Result<void> unbind(Environment& environment, std::uint64_t slot) {
    const CapabilityName name = environment.bindings.at(slot);
    if (name.is_empty())
        return std::unexpected(Error::not_mapped);
    environment.bindings.set(slot, CapabilityName());
    end_binding(name);
    return {};
}

Result<void> release(Environment& environment, std::uint64_t slot) {
    const CapabilityName name = environment.bindings.at(slot);
    TRY(unbind(environment, slot));
    if (name.kind() != Kind::frame ||
        kernel.frames.record(name.frame()).owner != environment.id.raw())
        return {};
    kernel.frames.disown(name.frame(), environment.id);
    note_given(environment.id);
    return {};
}

Result<void> share(Environment& environment, std::uint64_t from, Environment& other,
                   std::uint64_t to, std::uint64_t count, Rights rights) {
    using abi::exo::BINDINGS;
    if (from >= BINDINGS || to >= BINDINGS || count > BINDINGS - std::max(from, to))
        return std::unexpected(Error::invalid);
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!other.bindings.at(to + i).is_empty())
            return std::unexpected(Error::already_mapped);
        // Also for a slot that is empty: if the rows overlap, it is filled on the way.
        if (!other.bindings.has(to + i))
            return std::unexpected(Error::invalid);
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        const CapabilityName name = environment.bindings.at(from + i);
        if (name.is_empty())
            continue;
        // What has ended meanwhile is not handed on.
        if (name.kind() == Kind::frame)
            kernel.frames.record(name.frame()).bindings += 1;
        else if (!begin_binding(name))
            continue;
        other.bindings.set(to + i, name.shrunk(rights));
    }
    return {};
}

Result<void> break_bindings(Environment& environment, std::uint64_t slot) {
    const CapabilityName name = environment.bindings.at(slot);
    if (!name.is_frame_with(Rights::read_write()) ||
        kernel.frames.record(name.frame()).owner != environment.id.raw())
        return std::unexpected(Error::not_permitted);
    for (Environment& other : kernel.environments)
        if (other.is_there() && other.id != environment.id)
            take_away(other, name.frame());
    csr::fence_all();
    return {};
}

Result<Environment*> target_of(Environment& environment, std::uint64_t target) {
    if (target == abi::exo::SELF)
        return &environment;
    const CapabilityName name = environment.bindings.at(target);
    if (!name.rights().can_write())
        return std::unexpected(Error::not_permitted);
    return environment_behind(name);
}

Result<std::uint64_t> block_of(const Environment& environment, std::uint64_t slot,
                               std::uint64_t block, Rights rights) {
    const CapabilityName name = environment.bindings.at(slot);
    if (name.kind() != Kind::extent || !name.rights().contain(rights))
        return std::unexpected(Error::not_permitted);
    const Extent& extent = *TRY(kernel.extents.live(name.number(), name.epoch()));
    if (block >= extent.blocks)
        return std::unexpected(Error::bad_address);
    return extent.first + block;
}
