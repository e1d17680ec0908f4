// Finding, adding, cutting, dropping and joining regions.
// SPDX-License-Identifier: MIT
#include "services/vm/regions.hpp"

#include "services/vm/page_map.hpp"

namespace vm {

namespace {

constexpr Page LAST_END(SPACE_PAGES);
// Where files end for a mapping: a page's index in its file fits 32 bits (FrameRecord).
constexpr std::uint64_t FILE_END = (1ULL << 32) * PAGE_SIZE;

bool well_formed(const Region& region) {
    const bool file = region.backing != Backing::anonymous;
    const bool grows = region.growth == Growth::down;
    const bool shared = region.backing == Backing::file_shared;
    if (region.first >= region.end || region.first < Page(FIRST_PAGE) || region.end > LAST_END)
        return false;
    if (region.rights != Rights::none() && !region.rights.can_read())
        return false;
    if (!region.maximum.contain(region.rights))
        return false;
    if (file ? region.file_offset % PAGE_SIZE != 0 : region.file_bytes != 0)
        return false;
    if (region.file_offset > FILE_END - region.pages() * PAGE_SIZE)
        return false;
    if (shared && region.file_bytes != region.pages() * PAGE_SIZE)
        return false;
    return !grows || (!file && region.lowest <= region.first && region.lowest > Page(FIRST_PAGE));
}

// The first page that no other region may have: a stack's guard counts.
Page guarded_from(const Region& region) {
    return region.growth == Growth::down ? Page(region.lowest.number() - GUARD_PAGES)
                                         : region.first;
}

// Whether LOWER and UPPER, its neighbour, can be one region.
bool alike(const Region& lower, const Region& upper) {
    if (lower.end != upper.first || lower.rights != upper.rights ||
        lower.maximum != upper.maximum || lower.backing != upper.backing ||
        lower.charge != upper.charge || upper.growth != Growth::none)
        return false;
    if (lower.backing == Backing::anonymous)
        return true;
    const std::uint64_t bytes = lower.pages() * PAGE_SIZE;
    return lower.file == upper.file && lower.file_offset + bytes == upper.file_offset &&
           (lower.file_bytes == bytes || upper.file_bytes == 0);
}

} // namespace

// The index of the first region that ends after PAGE.
std::size_t Regions::position(Page page) const {
    std::size_t at = 0;
    while (at < count_ && regions_[at].end <= page)
        ++at;
    return at;
}

Result<void> Regions::find(Page page) {
    const std::size_t at = position(page);
    if (at == count_ || page < regions_[at].reserved_from())
        return std::unexpected(Error::bad_address);
    Region& region = regions_[at];
    if (page < region.first)
        region.first = page; // a stack grows
    found_ = region;
    return {};
}

Result<void> Regions::check(const Region& region) const {
    if (!well_formed(region))
        return std::unexpected(Error::invalid);
    for (const Region& other : all())
        if (guarded_from(region) < other.end && guarded_from(other) < region.end)
            return std::unexpected(Error::exists);
    if (count_ == CAPACITY)
        return std::unexpected(Error::no_memory);
    return {};
}

void Regions::add(const Region& region) { insert(position(region.first), region); }

void Regions::insert(std::size_t at, const Region& region) {
    for (std::size_t i = count_; i > at; --i)
        regions_[i] = regions_[i - 1];
    regions_[at] = region;
    ++count_;
    found_ = Region();
}

void Regions::erase(std::size_t at) {
    --count_;
    for (std::size_t i = at; i < count_; ++i)
        regions_[i] = regions_[i + 1];
    found_ = Region();
}

std::optional<Region> Regions::join_one() {
    for (std::size_t at = 0; at + 1 < count_; ++at) {
        const Region gone = regions_[at + 1];
        if (!alike(regions_[at], gone))
            continue;
        regions_[at].end = gone.end;
        regions_[at].file_bytes += gone.file_bytes;
        erase(at + 1);
        return gone;
    }
    return std::nullopt;
}

Result<void> Regions::cut(Page border) {
    const std::size_t at = position(border);
    if (at == count_ || border <= regions_[at].first)
        return {};
    if (count_ == CAPACITY)
        return std::unexpected(Error::no_memory);
    const std::uint64_t bytes = (border - regions_[at].first) * PAGE_SIZE;
    Region upper = regions_[at];
    upper.first = border;
    upper.growth = Growth::none;
    upper.file_offset += bytes;
    upper.file_bytes -= std::min(bytes, upper.file_bytes);
    regions_[at].end = border;
    regions_[at].file_bytes = std::min(bytes, regions_[at].file_bytes);
    insert(at + 1, upper);
    return {};
}

std::optional<Region> Regions::drop_one(PageRange range) {
    for (std::size_t at = 0; at < count_; ++at) {
        const Region region = regions_[at];
        if (!region.within(range))
            continue;
        erase(at);
        return region;
    }
    return std::nullopt;
}

void Regions::set_rights(PageRange range, Rights rights) {
    found_ = Region();
    for (Region& region : std::span(regions_).first(count_))
        if (region.within(range)) {
            region.charge = region.charge_for(rights);
            region.rights = rights;
        }
}

bool Regions::all_within(PageRange range) const {
    Page reached = range.first;
    for (const Region& region : all())
        if (region.contains(reached))
            reached = region.end;
    return reached >= range.end;
}

bool Regions::may_have(PageRange range, Rights rights) const {
    return std::ranges::all_of(all(), [&](const Region& region) {
        const bool outside = region.end <= range.first || range.end <= region.first;
        return outside || region.maximum.contain(rights);
    });
}

bool Regions::any_within(PageRange range) const {
    return std::ranges::any_of(all(), [&](const Region& region) {
        return region.reserved_from() < range.end && range.first < region.end;
    });
}

Result<Page> Regions::gap(std::uint64_t pages, PageRange range) const {
    Page candidate = range.first;
    for (const Region& region : all()) {
        if (region.end <= candidate)
            continue;
        const Page busy = guarded_from(region);
        if (busy >= candidate && busy - candidate >= pages)
            break;
        candidate = region.end;
    }
    if (pages == 0 || candidate > range.end || range.end - candidate < pages)
        return std::unexpected(Error::no_memory);
    return candidate;
}

} // namespace vm
