// The exokernel's capabilities: what is genuine passes, everything else is refused.
// SPDX-License-Identifier: MIT
#include "kernels/exo/capability.hpp"

#include <doctest/doctest.h>

#include <random>

namespace {

using abi::exo::Capability;

constexpr SipHashKey KEY{0x0706050403020100, 0x0f0e0d0c0b0a0908};

std::uint64_t hash_of_first(std::size_t bytes) {
    std::array<std::byte, 64> message{};
    for (std::size_t i = 0; i < message.size(); ++i)
        message[i] = static_cast<std::byte>(i);
    return siphash(KEY, std::span(message).first(bytes));
}

} // namespace

// Messages 00, 00 01, ... under the key 00 01 .. 0f: the reference values published with the
// algorithm.
TEST_CASE("siphash: the published test vectors") {
    CHECK(hash_of_first(0) == 0x726fdb47dd0e0e31);
    CHECK(hash_of_first(1) == 0x74f839c593dc67fd);
    CHECK(hash_of_first(7) == 0xab0200f58b01d137);
    CHECK(hash_of_first(8) == 0x93f5f5799a932462);
    CHECK(hash_of_first(15) == 0xa129ca6149be45e5);
    CHECK(hash_of_first(16) == 0x3f2acc7f57c29bdb);
    CHECK(hash_of_first(63) == 0x958a324ceb064572);
}

TEST_CASE("capability: a sealed one authenticates, as what it was sealed for") {
    const auto name = CapabilityName::of(Frame(0x80abc), Rights::read_write(), Epoch(3));
    const auto read = authenticate(KEY, seal(KEY, name));
    REQUIRE(read.has_value());
    CHECK(read->frame() == Frame(0x80abc));
    CHECK(read->rights() == Rights::read_write());
    CHECK(read->epoch() == Epoch(3));
}

TEST_CASE("capability: of whatever kind, it is for that one, and shrinks") {
    for (const Kind kind : {Kind::frame, Kind::environment, Kind::extent}) {
        const auto name = CapabilityName::of(kind, 7, Rights::all(), Epoch(Epoch::COUNT - 1));
        const auto read = authenticate(KEY, seal(KEY, name));
        REQUIRE(read.has_value());
        CHECK(read->kind() == kind);
        CHECK(read->number() == 7);
        CHECK(read->is_frame_with(Rights::read_write()) == (kind == Kind::frame));
        const CapabilityName shrunk = read->shrunk(Rights::read());
        CHECK(shrunk.rights() == Rights::read());
        CHECK(shrunk.shrunk(Rights::all()) == shrunk);
        CHECK(shrunk.number() == 7);
        CHECK(shrunk.kind() == kind);
        CHECK(shrunk.epoch() == name.epoch());
        CHECK_FALSE(shrunk.is_frame_with(Rights::read_write()));
        // Another name, which the first one's seal does not fit.
        CHECK_FALSE(authenticate(KEY, {shrunk.raw(), authenticator_of(KEY, name)}));
        CHECK_FALSE(shrunk.shrunk(Rights::none()).is_empty());
    }
    CHECK(CapabilityName().is_empty());
    CHECK_FALSE(CapabilityName().is_frame_with(Rights::read()));
}

TEST_CASE("capability: any altered bit makes it worthless") {
    const Capability genuine =
        seal(KEY, CapabilityName::of(Frame(0x80abc), Rights::read(), Epoch(3)));
    for (unsigned bit = 0; bit < 64; ++bit) {
        CHECK_FALSE(authenticate(KEY, {genuine.name ^ 1ULL << bit, genuine.authenticator}));
        CHECK_FALSE(authenticate(KEY, {genuine.name, genuine.authenticator ^ 1ULL << bit}));
    }
}

TEST_CASE("capability: one sealed with another key is a forgery") {
    const auto name = CapabilityName::of(Frame(0x80abc), Rights::all(), Epoch(0));
    CHECK_FALSE(authenticate(KEY, seal({KEY.low ^ 1, KEY.high}, name)));
    CHECK_FALSE(authenticate(KEY, seal({KEY.low, KEY.high ^ 1ULL << 63}, name)));
}

TEST_CASE("capability: a million guesses are refused") {
    std::mt19937_64 random(20);
    const Capability genuine =
        seal(KEY, CapabilityName::of(Frame(0x80abc), Rights::all(), Epoch(0)));
    unsigned accepted = 0;
    for (unsigned i = 0; i < 500'000; ++i) {
        accepted += authenticate(KEY, {genuine.name, random()}).has_value() ? 1 : 0;
        accepted += authenticate(KEY, {random(), random()}).has_value() ? 1 : 0;
    }
    CHECK(accepted == 0);
}
