// Walking a ustar archive header by header.
// SPDX-License-Identifier: MIT
#include "lib/archive.hpp"

#include <algorithm>

namespace {

constexpr std::uint64_t BLOCK = 512; // bytes
constexpr std::uint64_t NAME_BYTES = 100;
constexpr std::uint64_t SIZE_OFFSET = 124;
constexpr std::uint64_t SIZE_BYTES = 12;
constexpr std::uint64_t CHECKSUM_OFFSET = 148;
constexpr std::uint64_t CHECKSUM_BYTES = 8;

std::uint8_t byte_at(Bytes bytes, std::uint64_t offset) {
    return std::to_integer<std::uint8_t>(bytes[offset]);
}

// Octal digits up to the first other character, leading spaces allowed.
Result<std::uint64_t> octal(Bytes field) {
    std::uint64_t value = 0;
    bool any = false;
    for (const std::byte raw : field) {
        const auto character = std::to_integer<char>(raw);
        if (character == ' ' && !any)
            continue;
        if (character < '0' || character > '7')
            break;
        value = value * 8 + static_cast<std::uint64_t>(character - '0');
        any = true;
    }
    if (!any)
        return std::unexpected(Error::malformed);
    return value;
}

// The sum of the header's bytes with the checksum field itself read as spaces.
std::uint64_t checksum(Bytes header) {
    std::uint64_t sum = 0;
    for (std::uint64_t i = 0; i < BLOCK; ++i) {
        const bool own = i >= CHECKSUM_OFFSET && i < CHECKSUM_OFFSET + CHECKSUM_BYTES;
        sum += own ? std::uint8_t{' '} : byte_at(header, i);
    }
    return sum;
}

bool has_name(Bytes header, std::string_view name) {
    if (name.size() >= NAME_BYTES || byte_at(header, name.size()) != 0)
        return false;
    for (std::uint64_t i = 0; i < name.size(); ++i)
        if (byte_at(header, i) != static_cast<std::uint8_t>(name[i]))
            return false;
    return true;
}

} // namespace

Result<Bytes> find_in_archive(Bytes archive, std::string_view name) {
    std::uint64_t at = 0;
    while (fits(archive, at, BLOCK) && byte_at(archive, at) != 0) {
        const Bytes header = TRY(slice(archive, at, BLOCK));
        if (TRY(octal(TRY(slice(header, CHECKSUM_OFFSET, CHECKSUM_BYTES)))) != checksum(header))
            return std::unexpected(Error::malformed);
        const std::uint64_t size = TRY(octal(TRY(slice(header, SIZE_OFFSET, SIZE_BYTES))));
        const Bytes contents = TRY(slice(archive, at + BLOCK, size));
        if (has_name(header, name))
            return contents;
        at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
    }
    return std::unexpected(Error::not_found);
}
