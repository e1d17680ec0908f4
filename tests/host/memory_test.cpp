// The machine's own memcpy and its like, held against the host's, at every alignment.
// SPDX-License-Identifier: MIT
#include "lib/bytes.hpp"
#include "lib/memory.hpp"
#include "world.hpp"

#include <doctest/doctest.h>

#include <array>
#include <bit>
#include <memory>

// As tests/host/CMakeLists.txt renames them.
extern "C" {
void* lib_memcpy(void* destination, const void* source, std::size_t size);
void* lib_memmove(void* destination, const void* source, std::size_t size);
void* lib_memset(void* destination, int value, std::size_t size);
int lib_memcmp(const void* left, const void* right, std::size_t size);
void* lib_memchr(const void* bytes, int value, std::size_t size);
std::size_t lib_strlen(const char* text);
int lib___clzdi2(std::uint64_t value);
int lib___ctzdi2(std::uint64_t value);
int lib___popcountdi2(std::uint64_t value);
}

namespace {

constexpr std::size_t ROOM = 64;
using Room = std::array<unsigned char, ROOM>;

struct alignas(PAGE_SIZE) AlignedPage {
    std::array<std::byte, PAGE_SIZE> bytes;
};

Room some_bytes() {
    Room room{};
    for (std::size_t i = 0; i < ROOM; ++i)
        room[i] = static_cast<unsigned char>(1 + i);
    return room;
}

// USE(to, from, size) for places and sizes on both sides of a few words.
template <class Use>
void at_every_alignment(Use use) {
    for (std::size_t to = 0; to < 20; ++to)
        for (std::size_t from = 0; from < 20; ++from)
            for (std::size_t size = 0; size < 30; ++size)
                use(to, from, size);
}

} // namespace

TEST_CASE("memory: copies hit their bytes and no others") {
    at_every_alignment([](std::size_t to, std::size_t from, std::size_t size) {
        alignas(8) const Room source = some_bytes();
        alignas(8) Room expected{};
        std::memcpy(&expected[to], &source[from], size);
        alignas(8) Room copied{};
        REQUIRE(lib_memcpy(&copied[to], &source[from], size) == &copied[to]);
        REQUIRE(copied == expected);
        alignas(8) Room across{};
        copy_across_domains(std::as_writable_bytes(std::span(across)).subspan(to, size),
                            std::as_bytes(std::span(source)).subspan(from, size));
        REQUIRE(across == expected);
    });
    Room small{};
    CHECK_THROWS_AS(copy_across_domains(std::as_writable_bytes(std::span(small)).first(3),
                                        std::as_bytes(std::span(small)).first(4)),
                    Panic);
}

TEST_CASE("memory: a move within a room reads each byte before it is written over") {
    at_every_alignment([](std::size_t to, std::size_t from, std::size_t size) {
        alignas(8) Room expected = some_bytes();
        std::memmove(&expected[to], &expected[from], size);
        alignas(8) Room moved = some_bytes();
        REQUIRE(lib_memmove(&moved[to], &moved[from], size) == &moved[to]);
        REQUIRE(moved == expected);
    });
}

TEST_CASE("memory: bytes are set, compared and found") {
    at_every_alignment([](std::size_t to, std::size_t from, std::size_t size) {
        alignas(8) Room expected = some_bytes();
        std::memset(&expected[to], 0x1a0 + static_cast<int>(from), size);
        alignas(8) Room set = some_bytes();
        REQUIRE(lib_memset(&set[to], 0x1a0 + static_cast<int>(from), size) == &set[to]);
        REQUIRE(set == expected);
        const Room bytes = some_bytes();
        const int value = 0x100 + static_cast<int>(to);
        REQUIRE(lib_memchr(&bytes[from], value, size) == std::memchr(&bytes[from], value, size));
    });
    CHECK(lib_memcmp("abc", "abd", 2) == 0);
    CHECK(lib_memcmp("abc", "abd", 3) < 0);
    CHECK(lib_memcmp("\xff", "a", 1) > 0);
    CHECK(lib_memcmp("a", "b", 0) == 0);
    CHECK(lib_strlen("") == 0);
    CHECK(lib_strlen("four") == 4);
}

TEST_CASE("memory: pages are zeroed, copied and summed whole") {
    const auto from = std::make_unique<AlignedPage>();
    const auto to = std::make_unique<AlignedPage>();
    for (std::size_t i = 0; i < PAGE_SIZE; ++i)
        from->bytes[i] = static_cast<std::byte>(i * 7 + i / 256);
    copy_page(to->bytes, from->bytes);
    CHECK(to->bytes == from->bytes);
    const std::uint64_t sum = checksum_page(0, from->bytes);
    CHECK(checksum_page(0, to->bytes) == sum);
    CHECK(checksum_page(1, to->bytes) != sum);
    for (std::size_t i = 0; i < PAGE_SIZE; i += 8) {
        to->bytes[i + i / 8 % 8] ^= std::byte{0x10};
        CHECK(checksum_page(0, to->bytes) != sum);
        to->bytes[i + i / 8 % 8] ^= std::byte{0x10};
    }
    zero_page(to->bytes);
    CHECK(to->bytes == AlignedPage{}.bytes);
}

TEST_CASE("memory: bits are counted as the processor would") {
    std::mt19937_64 random(1);
    for (int i = 0; i < 2'000; ++i) {
        const std::uint64_t value = (random() | 1) << i % 64 >> i % 61;
        if (value == 0)
            continue;
        REQUIRE(lib___clzdi2(value) == std::countl_zero(value));
        REQUIRE(lib___ctzdi2(value) == std::countr_zero(value));
        REQUIRE(lib___popcountdi2(value) == std::popcount(value));
    }
    CHECK(lib___popcountdi2(0) == 0);
}
