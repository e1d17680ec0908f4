// The codec between bytes and types: the only place where raw bytes become values.
// SPDX-License-Identifier: MIT
//
// Bounds are checked by the caller through `fits`, or by `load` itself, which fails as malformed.
// RISC-V, the host and all formats read here (ELF, the disk, messages) are little-endian;
// `load_big` is for the device tree.
#pragma once

#include "lib/result.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

using Bytes = std::span<const std::byte>;

constexpr bool fits(Bytes bytes, std::uint64_t offset, std::uint64_t size) {
    return offset <= bytes.size() && size <= bytes.size() - offset;
}

// The part [offset, offset + size) of BYTES; malformed when it is not all there.
inline Result<Bytes> slice(Bytes bytes, std::uint64_t offset, std::uint64_t size) {
    if (!fits(bytes, offset, size))
        return std::unexpected(Error::malformed);
    return bytes.subspan(offset, size);
}

template <class T>
requires std::is_trivially_copyable_v<T> Result<T> load(Bytes bytes, std::uint64_t offset) {
    if (!fits(bytes, offset, sizeof(T)))
        return std::unexpected(Error::malformed);
    T value;
    __builtin_memcpy(&value, bytes.data() + offset, sizeof(T)); // inline, freestanding too
    return value;
}

template <class T>
requires std::is_trivially_copyable_v<T> Result<void> store(std::span<std::byte> bytes,
                                                            std::uint64_t offset, const T& value) {
    if (!fits(bytes, offset, sizeof(T)))
        return std::unexpected(Error::malformed);
    __builtin_memcpy(bytes.data() + offset, &value, sizeof(T));
    return {};
}

// Big-endian, as the device tree writes its cells.
template <std::unsigned_integral T>
Result<T> load_big(Bytes bytes, std::uint64_t offset) {
    T value = 0;
    for (const std::byte byte : TRY(slice(bytes, offset, sizeof(T))))
        value = static_cast<T>(value << 8 | std::to_integer<T>(byte));
    return value;
}
