// Hostile arguments for every call of the API: numbers, addresses, paths, descriptors.
// SPDX-License-Identifier: MIT
//
// Before: fuzz.cpp, which makes the calls and counts what they leave behind.
#pragma once

#include "user/lib/os.hpp"

#include "abi/address_map.h"
#include "lib/address.hpp"

#include <array>

namespace hostile {

// SplitMix64 (Steele, Lea, Flood; OOPSLA'14).
class Random {
public:
    explicit constexpr Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t z = state_;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
    // LIMIT > 0.
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    bool one_in(std::uint64_t many) { return below(many) == 0; }
    template <class T, std::size_t N>
    const T& of(const std::array<T, N>& choices) {
        return choices[below(N)];
    }

private:
    std::uint64_t state_;
};

// Borders at which a check may be off by one, and what must never be believed.
inline constexpr std::array<std::uint64_t, 30> NUMBERS{0,
                                                       1,
                                                       2,
                                                       7,
                                                       31,
                                                       32,
                                                       64,
                                                       255,
                                                       511,
                                                       512,
                                                       1023,
                                                       1024,
                                                       1025,
                                                       PAGE_SIZE - 1,
                                                       PAGE_SIZE,
                                                       PAGE_SIZE + 1,
                                                       2 * PAGE_SIZE,
                                                       1ULL << 16,
                                                       1ULL << 20,
                                                       1ULL << 31,
                                                       (1ULL << 32) - 1,
                                                       1ULL << 32,
                                                       1ULL << 38,
                                                       1ULL << 39,
                                                       1ULL << 63,
                                                       INT64_MAX,
                                                       ~0ULL << 12,
                                                       ~0ULL - 7,
                                                       ~0ULL - 1,
                                                       ~0ULL};

// In the current directory, and some that cannot be hurt.
inline constexpr std::array<std::string_view, 22> PATHS{
    "",      ".",         "..",        "/",        "//",          "a",          "b",   "d",
    "d/a",   "d/d/d",     "d/..",      "d/../d/b", "a/",          "d/",         "a/x", "./././b",
    "/bin/", "/dev/null", "/dev/zero", "\x01\xff", "../../../..", "d/../d/../a"};

// Memory to point at: some that is there, some that comes at first touch, some that is not
// writable, with nothing behind it.
class Places {
public:
    Places() {
        const std::int64_t pages = os::mmap({.bytes = 4 * PAGE_SIZE});
        start_ = pages < 0 ? 0 : static_cast<std::uint64_t>(pages);
        os::munmap(start_ + 3 * PAGE_SIZE, PAGE_SIZE);
        os::mprotect(start_ + 2 * PAGE_SIZE, PAGE_SIZE, Rights::read());
    }

    std::uint64_t writable() const { return start_; }

    std::uint64_t address(Random& random) const {
        switch (random.below(8)) {
        case 0:
            return start_ + random.below(PAGE_SIZE); // present or soon
        case 1:
            return start_ + 2 * PAGE_SIZE - random.below(64); // from writable into read-only
        case 2:
            return start_ + 3 * PAGE_SIZE - random.below(64); // off the end
        case 3:
            return start_ + 3 * PAGE_SIZE + random.below(PAGE_SIZE);
        case 4:
            return reinterpret_cast<std::uint64_t>(&os_getpid) + random.below(64); // the library
        case 5:
            return KERNEL_OFFSET + KERNEL_LOAD + random.below(1U << 20);
        case 6:
            return random.of(NUMBERS);
        default:
            return random.next() >> random.below(64);
        }
    }

private:
    std::uint64_t start_;
};

} // namespace hostile
