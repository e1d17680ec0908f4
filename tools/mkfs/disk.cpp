// A disk in memory.
// SPDX-License-Identifier: MIT
#include "disk.hpp"

#include <algorithm>

namespace mkfs {

const Block& Disk::block(std::uint64_t number) const {
    static const Block zeroes;
    const auto found = written_.find(number);
    return found == written_.end() ? zeroes : found->second;
}

Result<void> Disk::read(block::BlockNumber number, block::BlockBytes bytes) {
    if (number.raw() >= blocks_)
        return std::unexpected(Error::invalid);
    std::ranges::copy(block(number.raw()).bytes, bytes.begin());
    return {};
}

Result<void> Disk::write(block::BlockNumber number, block::ConstBlockBytes bytes) {
    if (number.raw() >= blocks_)
        return std::unexpected(Error::invalid);
    std::ranges::copy(bytes, written_[number.raw()].bytes.begin());
    return {};
}

} // namespace mkfs
