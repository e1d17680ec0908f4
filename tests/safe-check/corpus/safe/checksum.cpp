// A CRC-32 and a Fletcher sum of a program's page, by a table that the compiler computes.
// SPDX-License-Identifier: MIT
//
// Does: a constexpr function fills the table, static_assert holds it to a known value.
#include "kernels/spin/interface/extension.hpp"

#include "kernels/spin/interface/virt_addr.hpp"
#include "lib/print.hpp"

#include <array>

namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1) != 0 ? 0xedb88320 ^ value >> 1 : value >> 1;
        table[i] = value;
    }
    return table;
}
constexpr std::array<std::uint32_t, 256> TABLE = make_table();
static_assert(TABLE[1] == 0x77073096);

std::uint32_t crc(std::span<const std::byte> bytes) {
    std::uint32_t value = ~std::uint32_t{0};
    for (const std::byte byte : bytes)
        value = TABLE[(value ^ std::to_integer<std::uint32_t>(byte)) & 0xff] ^ value >> 8;
    return ~value;
}

struct Sums {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
};
Sums fletcher(std::span<const std::byte> bytes) {
    Sums sums{};
    for (const std::byte byte : bytes) {
        sums.first = (sums.first + std::to_integer<std::uint64_t>(byte)) % 65535;
        sums.second = (sums.second + sums.first) % 65535;
    }
    return sums;
}

struct Console {
    void put(std::string_view text) { console_write(text); }
};

constinit std::array<std::byte, PAGE_SIZE> page{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    TRY(virt_addr_read(program.context, program.heap_start, page));
    const auto [first, second] = fletcher(page);
    Console console{};
    print(console, hex(crc(page)), " ", first, " ", second, "\n");
    return {};
}
