// SipHash-2-4: a keyed hash (a MAC) of short messages.
// SPDX-License-Identifier: MIT
//
// J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", INDOCRYPT 2012; sections
// named below are the paper's. It branches on the message's length only and indexes no table, so
// its time tells nothing about key or message. The exokernel seals capabilities with it.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

struct SipHashKey {
    std::uint64_t low;  // the key's bytes 0..7, little-endian
    std::uint64_t high; // bytes 8..15
};

namespace siphash_detail {

// The internal state v0..v3 (section 2.1).
struct State {
    std::uint64_t v0, v1, v2, v3;

    explicit constexpr State(SipHashKey key)
        : v0(key.low ^ 0x736f6d6570736575), v1(key.high ^ 0x646f72616e646f6d),
          v2(key.low ^ 0x6c7967656e657261), v3(key.high ^ 0x7465646279746573) {}

    // Half of SipRound (figure 2.1): additions, rotations, exclusive ors. Both are alike.
    template <int FIRST, int SECOND>
    static constexpr void half_round(std::uint64_t& a, std::uint64_t& b, std::uint64_t& c,
                                     std::uint64_t& d) {
        a += b;
        c += d;
        b = std::rotl(b, FIRST) ^ a;
        d = std::rotl(d, SECOND) ^ c;
        a = std::rotl(a, 32);
    }
    constexpr void round() {
        half_round<13, 16>(v0, v1, v2, v3);
        half_round<17, 21>(v2, v1, v0, v3);
    }
    // One message word, two rounds: the 2 of 2-4.
    constexpr void compress(std::uint64_t word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }
    // Four rounds: the 4.
    constexpr std::uint64_t finish() {
        v2 ^= 0xff;
        for (int i = 0; i < 4; ++i)
            round();
        return v0 ^ v1 ^ v2 ^ v3;
    }
};

// Up to eight bytes as a little-endian word.
constexpr std::uint64_t word_of(std::span<const std::byte> bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = bytes.size(); i != 0; --i)
        word = word << 8 | std::to_integer<std::uint64_t>(bytes[i - 1]);
    return word;
}

} // namespace siphash_detail

constexpr std::uint64_t siphash(SipHashKey key, std::span<const std::byte> message) {
    siphash_detail::State state(key);
    std::span<const std::byte> rest = message;
    for (; rest.size() >= 8; rest = rest.subspan(8))
        state.compress(siphash_detail::word_of(rest.first(8)));
    // The last word carries the length's low byte on top (section 2.2).
    state.compress(static_cast<std::uint64_t>(message.size()) << 56 |
                   siphash_detail::word_of(rest));
    return state.finish();
}

// The same of a message of whole words, as a little-endian machine holds it: eight bytes a load.
constexpr std::uint64_t siphash(SipHashKey key, std::span<const std::uint64_t> message) {
    siphash_detail::State state(key);
    for (const std::uint64_t word : message)
        state.compress(word);
    state.compress(static_cast<std::uint64_t>(message.size_bytes()) << 56);
    return state.finish();
}

// The paper's own test vector (appendix A): key 00 01 .. 0f, message 00 01 .. 0e.
static_assert([] {
    std::array<std::byte, 15> message{};
    for (unsigned i = 0; i < message.size(); ++i)
        message[i] = std::byte(i);
    return siphash({0x0706050403020100, 0x0f0e0d0c0b0a0908}, message) == 0xa129ca6149be45e5;
}());
static_assert([] {
    constexpr SipHashKey KEY{0x0706050403020100, 0x0f0e0d0c0b0a0908};
    const std::array<std::uint64_t, 2> words{0x0706050403020100, 0x0f0e0d0c0b0a0908};
    std::array<std::byte, 16> bytes{};
    for (unsigned i = 0; i < bytes.size(); ++i)
        bytes[i] = std::byte(i);
    return siphash(KEY, std::span<const std::uint64_t>(words)) ==
           siphash(KEY, std::span<const std::byte>(bytes));
}());
