// Self-authenticating capabilities: a name, and the kernel's seal over it.
// SPDX-License-Identifier: MIT
//
// Nothing is stored for a capability: it proves itself (Exokernel, SOSP'95, section 3.2, for
// physical memory), so its holder may give it to whom it likes without asking. A bearer's right
// ends when the frame's epoch moves on. Pure code, also compiled for the host. frames.hpp says
// which epoch is the present one; authority.cpp is the gate.
#pragma once

#include "abi/exo/primitives.hpp"
#include "lib/fault.hpp"
#include "lib/result.hpp"
#include "lib/siphash.hpp"

#include <bit>

// How often a frame, an environment's number or an extent's got a new owner: capabilities of an
// earlier epoch are stale.
class Epoch {
public:
    static constexpr std::uint64_t COUNT = 1 << 27;

    constexpr Epoch() = default;
    explicit constexpr Epoch(std::uint64_t number) : number_(static_cast<std::uint32_t>(number)) {}
    constexpr std::uint64_t number() const { return number_; }
    constexpr bool is_last() const { return number_ == COUNT - 1; }
    constexpr Epoch next() const { return Epoch(number_ + 1ULL); }
    constexpr bool operator==(const Epoch&) const = default;

private:
    std::uint32_t number_ = 0;
};

// What a capability can be for.
enum class Kind : std::uint64_t { frame, environment, extent };

// What a capability is for, in one word:
//   63       62..36        35..33      32..31          30..0
//    0       epoch     rights (X W R)   kind    number: of the frame, ...
class CapabilityName {
public:
    static constexpr std::uint64_t NUMBERS = 1ULL << 31;

    constexpr CapabilityName() = default; // for nothing: no rights
    static constexpr CapabilityName of(Kind kind, std::uint64_t number, Rights rights,
                                       Epoch epoch) {
        return CapabilityName(number | static_cast<std::uint64_t>(kind) << KIND_SHIFT |
                              rights.raw() << RIGHTS_SHIFT | epoch.number() << EPOCH_SHIFT);
    }
    static constexpr CapabilityName of(Frame frame, Rights rights, Epoch epoch) {
        return of(Kind::frame, frame.number(), rights, epoch);
    }
    static constexpr CapabilityName from_raw(std::uint64_t raw) { return CapabilityName(raw); }

    constexpr bool is_empty() const { return raw_ == 0; }
    constexpr std::uint64_t number() const { return raw_ & (NUMBERS - 1); }
    constexpr Kind kind() const { return static_cast<Kind>(raw_ >> KIND_SHIFT & 3); }
    constexpr Frame frame() const { return Frame(number()); }
    constexpr Rights rights() const { return Rights::from_raw(raw_ >> RIGHTS_SHIFT); }
    constexpr Epoch epoch() const { return Epoch(raw_ >> EPOCH_SHIFT & (Epoch::COUNT - 1)); }
    // The same with RIGHTS at most.
    constexpr CapabilityName shrunk(Rights rights) const {
        return CapabilityName((raw_ & ~(Rights::all().raw() << RIGHTS_SHIFT)) |
                              (this->rights() & rights).raw() << RIGHTS_SHIFT);
    }
    // Whether it is for a frame, with all of RIGHTS: one comparison.
    constexpr bool is_frame_with(Rights rights) const {
        const std::uint64_t wanted = rights.raw() << RIGHTS_SHIFT;
        return (raw_ & (3ULL << KIND_SHIFT | wanted)) == wanted;
    }
    constexpr std::uint64_t raw() const { return raw_; }
    constexpr bool operator==(const CapabilityName&) const = default;

private:
    static constexpr unsigned KIND_SHIFT = 31;
    static constexpr unsigned RIGHTS_SHIFT = 33;
    static constexpr unsigned EPOCH_SHIFT = 36;
    explicit constexpr CapabilityName(std::uint64_t raw) : raw_(raw) {}
    std::uint64_t raw_ = 0;
};
static_assert(CapabilityName::of(Frame(0x80200), Rights::read(), Epoch(7)).frame() ==
              Frame(0x80200));
static_assert(CapabilityName::of(Frame(1), Rights::read_write(), Epoch(7)).rights() ==
              Rights::read_write());
static_assert(CapabilityName::of(Kind::extent, CapabilityName::NUMBERS - 1, Rights::all(),
                                 Epoch(Epoch::COUNT - 1))
                  .epoch() == Epoch(Epoch::COUNT - 1));
static_assert(CapabilityName::of(Kind::extent, 5, Rights::all(), Epoch(1)).kind() == Kind::extent);
static_assert(CapabilityName::of(Kind::extent, CapabilityName::NUMBERS - 1, Rights::all(),
                                 Epoch(Epoch::COUNT - 1))
                      .raw() >>
                  63 ==
              0);

constexpr std::uint64_t authenticator_of(SipHashKey key, CapabilityName name) {
    return siphash(key, std::bit_cast<std::array<std::byte, 8>>(name.raw()));
}

// Makes a capability. Only who knows KEY can.
constexpr abi::exo::Capability seal(SipHashKey key, CapabilityName name) {
    return {name.raw(), authenticator_of(key, name)};
}

// What CAPABILITY is for, if it was sealed with KEY and has not been altered since. not_permitted.
// One comparison of whole words, after the same work for every input: how wrong a forgery is does
// not show in the time.
constexpr Result<CapabilityName> authenticate(SipHashKey key,
                                              const abi::exo::Capability& capability) {
    const auto name = CapabilityName::from_raw(capability.name);
    if ((authenticator_of(key, name) ^ capability.authenticator) != 0)
        return std::unexpected(Error::not_permitted);
    return name;
}
