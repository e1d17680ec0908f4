// Messages in a program's memory: a head of integers, then a payload, decoded with checks.
// SPDX-License-Identifier: MIT
//
// Does: load of a plain struct, an enumeration made by a switch, a slice for the payload.
#include "kernels/spin/interface/extension.hpp"

#include "kernels/spin/interface/virt_addr.hpp"
#include "lib/codec.hpp"

#include <array>
#include <optional>

namespace {

struct Head {
    std::uint32_t kind;
    std::uint32_t length;
};

enum class Kind : std::uint8_t { print, count };

std::optional<Kind> kind_of(std::uint32_t number) {
    switch (number) {
    case 1:
        return Kind::print;
    case 2:
        return Kind::count;
    default:
        return std::nullopt;
    }
}

std::uint64_t count_ones(Bytes payload) {
    std::uint64_t sum = 0;
    for (const std::byte byte : payload)
        sum += byte == std::byte{1} ? 1 : 0;
    return sum;
}

Result<std::uint64_t> serve(Bytes message) {
    const Head head = TRY(load<Head>(message, 0));
    const Bytes payload = TRY(slice(message, sizeof(Head), head.length));
    const std::optional<Kind> kind = kind_of(head.kind);
    if (!kind)
        return std::unexpected(Error::not_supported);
    if (*kind == Kind::count)
        return count_ones(payload);
    console_write("print\n");
    return 0;
}

constinit std::array<std::byte, 256> buffer{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    TRY(virt_addr_read(program.context, program.heap_start, buffer));
    TRY(serve(buffer));
    return {};
}
