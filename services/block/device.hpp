// A block device, as everything above it sees one: numbered blocks of a page each.
// SPDX-License-Identifier: MIT
//
// Satisfied by services/block/virtio (the disk), by a client of a block server (micro), and by
// arrays of memory in tests. File system, swap and mkfs are written against it. It is the lowest
// layer: it waits for the device alone (docs/services.md, "The ordering law").
#pragma once

#include "lib/address.hpp"
#include "lib/memory.hpp"
#include "lib/result.hpp"

#include <concepts>
#include <cstdint>
#include <span>

namespace block {

inline constexpr std::uint64_t BLOCK_SIZE = PAGE_SIZE; // bytes

using BlockBytes = PageBytes;
using ConstBlockBytes = std::span<const std::byte, BLOCK_SIZE>;

// A block's number on its device, from 0.
class BlockNumber {
public:
    constexpr BlockNumber() = default;
    explicit constexpr BlockNumber(std::uint64_t raw) : raw_(raw) {}
    constexpr std::uint64_t raw() const { return raw_; }
    constexpr BlockNumber operator+(std::uint64_t blocks) const {
        return BlockNumber(raw_ + blocks);
    }
    constexpr std::uint64_t operator-(BlockNumber other) const { return raw_ - other.raw_; }
    constexpr auto operator<=>(const BlockNumber&) const = default;

private:
    std::uint64_t raw_ = 0;
};

// All three may wait for the device. invalid: no such block, or bytes that the device cannot reach;
// not_permitted: a write to a read-only device; input_output: it failed.
// A write is durable once a flush that began after it has returned; between two flushes the device
// may carry writes out in any order. One block is written wholly or not at all.
template <class D>
concept Device = requires(D& device, BlockNumber number, BlockBytes bytes,
                          ConstBlockBytes constant) {
    { device.read(number, bytes) } -> std::same_as<Result<void>>;
    { device.write(number, constant) } -> std::same_as<Result<void>>;
    { device.flush() } -> std::same_as<Result<void>>;
    { device.block_count() } -> std::same_as<std::uint64_t>;
};

} // namespace block
