// The hash as FIPS 180-4 defines it, sections 4.1.2 to 6.2.2.
// SPDX-License-Identifier: MIT
#include "sha256.hpp"

#include <bit>

namespace lab {

namespace {

constexpr std::size_t BLOCK = 64; // bytes
using State = std::array<std::uint32_t, 8>;
using Constants = std::array<std::uint32_t, 64>;

constexpr bool is_prime(unsigned number) {
    for (unsigned i = 2; i * i <= number; ++i)
        if (number % i == 0)
            return false;
    return number > 1;
}

// The first 32 bits behind the point of the cube root of NUMBER (or of its square root), found by
// halving: the root of number * 2^96 (2^64), of which the lower half is what stands behind it.
constexpr std::uint32_t root_bits(unsigned number, unsigned power) {
    using Wide = unsigned __int128;
    std::uint64_t low = 0;
    std::uint64_t high = std::uint64_t{1} << 37; // roots of what is below 2^5 * 2^32
    while (high - low > 1) {
        const std::uint64_t middle = low + (high - low) / 2;
        // middle^power <= number * 2^(32 * power), without leaving 128 bits
        const Wide square = static_cast<Wide>(middle) * middle;
        const bool fits = power == 2 ? square <= (static_cast<Wide>(number) << 64)
                                     : square <= (static_cast<Wide>(number) << 96) / middle;
        (fits ? low : high) = middle;
    }
    return static_cast<std::uint32_t>(low);
}

// Of the first primes.
template <std::size_t COUNT>
constexpr std::array<std::uint32_t, COUNT> roots(unsigned power) {
    std::array<std::uint32_t, COUNT> all{};
    unsigned number = 1;
    for (std::uint32_t& entry : all) {
        do
            ++number;
        while (!is_prime(number));
        entry = root_bits(number, power);
    }
    return all;
}

constexpr Constants K = roots<64>(3);
constexpr State FIRST = roots<8>(2);
static_assert(K[0] == 0x428a2f98 && K[63] == 0xc67178f2 && FIRST[0] == 0x6a09e667);

std::uint32_t word_at(std::string_view block, std::size_t at) {
    std::uint32_t word = 0;
    for (std::size_t i = 0; i < 4; ++i)
        word = word << 8 | static_cast<std::uint8_t>(block[at + i]);
    return word;
}

Constants schedule_of(std::string_view block) {
    Constants w{};
    for (std::size_t t = 0; t < 16; ++t)
        w[t] = word_at(block, 4 * t);
    for (std::size_t t = 16; t < w.size(); ++t) {
        const std::uint32_t a = w[t - 2];
        const std::uint32_t b = w[t - 15];
        w[t] = (std::rotr(a, 17) ^ std::rotr(a, 19) ^ a >> 10) + w[t - 7] +
               (std::rotr(b, 7) ^ std::rotr(b, 18) ^ b >> 3) + w[t - 16];
    }
    return w;
}

void take(State& hash, std::string_view block) {
    const Constants w = schedule_of(block);
    auto [a, b, c, d, e, f, g, h] = hash;
    for (std::size_t t = 0; t < w.size(); ++t) {
        const std::uint32_t first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                                    ((e & f) ^ (~e & g)) + K[t] + w[t];
        const std::uint32_t second =
            (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + first;
        d = c;
        c = b;
        b = a;
        a = first + second;
    }
    const State more{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < hash.size(); ++i)
        hash[i] += more[i];
}

} // namespace

Digest sha256(std::string_view bytes) {
    State hash = FIRST;
    std::string_view rest = bytes;
    for (; rest.size() >= BLOCK; rest.remove_prefix(BLOCK))
        take(hash, rest);
    std::string last(rest); // then a one, zeroes, and how many bits there were
    last += '\x80';
    last.append((2 * BLOCK - 8 - last.size()) % BLOCK, '\0');
    for (unsigned shift = 64; shift > 0; shift -= 8)
        last += static_cast<char>(bytes.size() * 8 >> (shift - 8));
    for (std::string_view block = last; !block.empty(); block.remove_prefix(BLOCK))
        take(hash, block);
    Digest digest{};
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<std::uint8_t>(hash[i / 4] >> (24 - 8 * (i % 4)));
    return digest;
}

std::string sha256_text(std::string_view bytes) {
    static constexpr std::string_view DIGITS = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : sha256(bytes)) {
        text += DIGITS[byte >> 4];
        text += DIGITS[byte & 15];
    }
    return text;
}

} // namespace lab
