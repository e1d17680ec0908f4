// The block driver, as those see it who hold a capability for it: block::Device.
// SPDX-License-Identifier: MIT
//
// A block never passes through the driver: it lies in the window of a request, and the device
// reaches it there. So the window is exactly a block, begins where a page begins, and is there.
#pragma once

#include "kernels/micro/library/ipc.hpp"

#include "services/block/device.hpp"

namespace disk {

// What the driver is asked. invalid: no such block, or the window is none for this; bad_address: a
// page of the window's is not there; not_permitted: a write to a read-only disk; input_output: the
// device failed, or there is no disk.
namespace label {
inline constexpr std::uint64_t READ = 1;     // word 0: block; a window to write
inline constexpr std::uint64_t WRITE = 2;    // word 0: block; a window to read
inline constexpr std::uint64_t FLUSH = 3;    // all that was written is durable
inline constexpr std::uint64_t DESCRIBE = 4; // answer: blocks, and 1 if nothing can be written
} // namespace label

class Client {
public:
    explicit constexpr Client(micro::CapSlot driver) : driver_(driver) {}

    // Before all else. input_output: there is no disk, or the driver has gone.
    Result<void> connect();

    // BYTES begin where a page begins, else invalid. input_output; for write not_permitted, too:
    // the disk is read-only.
    Result<void> read(block::BlockNumber number, block::BlockBytes bytes);
    Result<void> write(block::BlockNumber number, block::ConstBlockBytes bytes);
    Result<void> flush();
    std::uint64_t block_count() const { return block_count_; }
    bool is_read_only() const { return is_read_only_; }

private:
    micro::CapSlot driver_;
    std::uint64_t block_count_ = 0;
    bool is_read_only_ = false;
};

static_assert(block::Device<Client>);

} // namespace disk
