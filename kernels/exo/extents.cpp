// Extents: taken and given back.
// SPDX-License-Identifier: MIT
#include "extents.hpp"

Result<std::uint64_t> ExtentTable::take(std::uint64_t first, std::uint64_t count,
                                        EnvironmentId owner) {
    if (count == 0 || first >= disk_blocks_ || count > disk_blocks_ - first)
        return std::unexpected(Error::bad_address);
    Result<std::uint64_t> place = std::unexpected(Error::too_many);
    for (std::size_t i = 0; i < extents_.size(); ++i) {
        const Extent& extent = extents_[i];
        if (extent.blocks != 0 && extent.overlaps(first, count))
            return std::unexpected(Error::not_permitted);
        if (extent.blocks == 0 && !extent.epoch.is_last() && !place)
            place = i;
    }
    Extent& taken = extents_[TRY(place)];
    taken.first = first;
    taken.blocks = count;
    taken.owner = owner;
    return place;
}

Result<Extent*> ExtentTable::live(std::uint64_t number, Epoch epoch) {
    if (number >= extents_.size() || !extents_[number].is_live(epoch))
        return std::unexpected(Error::not_permitted);
    return &extents_[number];
}

void ExtentTable::give_back(Extent& extent) {
    const Epoch next = extent.epoch.next();
    extent = Extent();
    extent.epoch = next;
}

void ExtentTable::end_binding(Extent& extent) {
    extent.bindings -= 1;
    if (extent.bindings == 0)
        give_back(extent);
}

void ExtentTable::give_back_unbound(EnvironmentId owner) {
    for (Extent& extent : extents_)
        if (extent.owner == owner && extent.bindings == 0)
            give_back(extent);
}
