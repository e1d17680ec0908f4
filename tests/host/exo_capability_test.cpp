// The exokernel's capabilities and frame table: what is genuine passes, everything else is refused.
// SPDX-License-Identifier: MIT
#include "kernels/exo/frames.hpp"

#include <doctest/doctest.h>

#include <random>
#include <vector>

namespace {

using abi::exo::Capability;

constexpr SipHashKey KEY{0x0706050403020100, 0x0f0e0d0c0b0a0908};
constexpr EnvironmentId FIRST(1);
constexpr EnvironmentId SECOND(2);

// Frames 1000..1007 in a table of their own.
struct Machine {
    std::vector<FrameRecord> records = std::vector<FrameRecord>(8);
    FrameTable frames;
    Machine() { frames.adopt(Frame(1000), records); }
};

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

TEST_CASE("frame table: a free frame is given by name, once") {
    Machine machine;
    CHECK(machine.frames.allocate(Frame(1000), FIRST) == Epoch(0));
    CHECK(machine.frames.allocate(Frame(1000), SECOND).error() == Error::not_permitted);
    CHECK(machine.frames.allocate(Frame(999), FIRST).error() == Error::bad_address);
    CHECK(machine.frames.allocate(Frame(1008), FIRST).error() == Error::bad_address);
    CHECK(machine.frames.allocate(Frame(~0ULL), FIRST).error() == Error::bad_address);
}

TEST_CASE("frame table: a frame given back is another frame to old capabilities") {
    Machine machine;
    REQUIRE(machine.frames.allocate(Frame(1003), FIRST));
    REQUIRE(machine.frames.deallocate(Frame(1003), Epoch(0)));
    CHECK(machine.frames.live(Frame(1003), Epoch(0)).error() == Error::not_permitted);
    CHECK(machine.frames.live(Frame(1003), Epoch(1)).error() == Error::not_permitted); // nobody's
    CHECK(machine.frames.allocate(Frame(1003), SECOND) == Epoch(1));
    CHECK(machine.frames.live(Frame(1003), Epoch(0)).error() == Error::not_permitted);
    CHECK(machine.frames.deallocate(Frame(1003), Epoch(0)).error() == Error::not_permitted);
    CHECK(machine.frames.live(Frame(1003), Epoch(1)).has_value());
}

TEST_CASE("frame table: what is bound or mapped cannot be given back") {
    Machine machine;
    REQUIRE(machine.frames.allocate(Frame(1003), FIRST));
    machine.frames.record(Frame(1003)).bindings = 1;
    CHECK(machine.frames.deallocate(Frame(1003), Epoch(0)).error() == Error::would_block);
    machine.frames.record(Frame(1003)).bindings = 0;
    machine.frames.record(Frame(1003)).mappings = 1;
    CHECK(machine.frames.deallocate(Frame(1003), Epoch(0)).error() == Error::would_block);
    machine.frames.record(Frame(1003)).mappings = 0;
    CHECK(machine.frames.deallocate(Frame(1003), Epoch(0)).has_value());
}

TEST_CASE("frame table: a frame whose epochs are used up is never given again") {
    Machine machine;
    REQUIRE(machine.frames.allocate(Frame(1003), FIRST));
    constexpr Epoch last(Epoch::COUNT - 1);
    machine.frames.record(Frame(1003)).epoch = last;
    CHECK(machine.frames.deallocate(Frame(1003), last).error() == Error::not_permitted);
    CHECK(machine.frames.live(Frame(1003), last).has_value());
}

TEST_CASE("frame table: the kernel takes from the top, and finds what came back") {
    Machine machine;
    CHECK(machine.frames.take(EnvironmentId::kernel()) == Frame(1007));
    CHECK(machine.frames.take(EnvironmentId::kernel()) == Frame(1006));
    REQUIRE(machine.frames.allocate(Frame(1005), FIRST));
    CHECK(machine.frames.take(EnvironmentId::kernel()) == Frame(1004));
    REQUIRE(machine.frames.deallocate(Frame(1005), Epoch(0)));
    CHECK(machine.frames.take(EnvironmentId::kernel()) == Frame(1005));
    for (unsigned i = 0; i < 4; ++i)
        CHECK(machine.frames.take(EnvironmentId::kernel()).has_value());
    CHECK(machine.frames.take(EnvironmentId::kernel()).error() == Error::no_memory);
}
