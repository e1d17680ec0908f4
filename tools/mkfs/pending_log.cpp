// What a committed log would change at the next mount.
// SPDX-License-Identifier: MIT
#include "pending_log.hpp"

#include "services/fs/superblock.hpp"

#include <vector>

namespace mkfs {

namespace {

struct Pending {
    std::uint64_t sequence;
    std::vector<std::uint32_t> homes;
};

std::optional<Pending> read_header(const Disk& disk, const fs::Layout& layout,
                                   std::uint64_t which) {
    Block header = disk.block(layout.log_first + which);
    const auto image = *load<fs::LogHeaderImage>(header.bytes, 0);
    if (image.magic != fs::LOG_MAGIC || image.count > layout.log_capacity() ||
        image.sequence % fs::LOG_HEADERS != which)
        return std::nullopt;
    Pending pending{image.sequence, {}};
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < image.count; ++i) {
        sum = checksum_page(sum, disk.block(layout.log_first + fs::LOG_HEADERS + i).bytes);
        pending.homes.push_back(*load<std::uint32_t>(header.bytes, sizeof image + 4 * i));
    }
    if (!fs::unseal(header.bytes, sum))
        return std::nullopt;
    return pending;
}

} // namespace

std::optional<std::uint64_t> apply_pending_log(Disk& disk, const fs::Layout& layout) {
    std::optional<Pending> newest;
    for (std::uint64_t which = 0; which < fs::LOG_HEADERS; ++which)
        if (const auto found = read_header(disk, layout, which);
            found && (!newest || found->sequence > newest->sequence))
            newest = found;
    if (!newest)
        return std::nullopt;
    for (std::uint64_t i = 0; i < newest->homes.size(); ++i) {
        if (!layout.is_home(newest->homes[i]))
            return std::nullopt;
        disk.edit(newest->homes[i]) = disk.block(layout.log_first + fs::LOG_HEADERS + i);
    }
    return newest->homes.size();
}

} // namespace mkfs
