// Setting up, address spaces as a whole, and what can be counted.
// SPDX-License-Identifier: MIT
#include "services/vm/users.hpp"

namespace vm {

Result<void> Memory::set_up(const Storage& storage, const Configuration& configuration) {
    TRY(core_.adopt(storage.frames, storage.buckets));
    nodes_.adopt(storage.nodes);
    slots_.adopt(storage.slots.first(std::min(storage.slots.size(), swap.slots())));
    spaces_ = storage.spaces;
    policy_ = configuration.policy;
    fixed_watermarks_ = configuration.watermarks;
    tables_a_node_ = configuration.tables_a_node;
    return set_pool(std::min(configuration.pool, frames.free_count()));
}

Result<SpaceId> Memory::create() {
    for (std::uint64_t i = 0; i < spaces_.size(); ++i)
        if (spaces_[i].state == Space::State::unused) {
            spaces_[i].state = Space::State::used;
            return SpaceId(i);
        }
    return std::unexpected(Error::too_many);
}

Result<void> Memory::destroy(SpaceId id) {
    const Result<void> removed = remove(id, {Page(0), Page(SPACE_PAGES)}, Removal::whole_table);
    Space& space = spaces_[id.raw()];
    space.heap = {};
    space.state = Space::State::unused;
    return removed;
}

Result<void> Memory::write_back() {
    Result<void> outcome{};
    for (FrameIndex frame = core_.oldest(); frame != core_.ring(); frame = core_.newer(frame)) {
        if (!core_[frame].is_of_file())
            continue;
        // Without a translation the next store is noted again; the page's next fault maps it.
        for_each_user(frame, [&](SpaceId id, Page page) {
            if (translations.usage(id, page).dirty)
                note_usage(frame, translations.unmap(id, page));
        });
        const Result<void> written = write_to_file(frame);
        if (!written)
            outcome = written;
    }
    translations.settle();
    return outcome;
}

Statistics Memory::statistics() const {
    std::uint64_t used = 0;
    for (const Space& space : spaces_)
        used += space.state == Space::State::used ? 1 : 0;
    return {.counters = counters_,
            .pool = pool_,
            .resident = core_.resident(),
            .free_frames = frames.free_count(),
            .slots = slots_.count(),
            .free_slots = slots_.free_count(),
            .nodes = nodes_.count(),
            .free_nodes = nodes_.free_count(),
            .committed = committed(),
            .commit_limit = commit_limit(),
            .spaces = used};
}

std::uint64_t Memory::resident_pages(SpaceId id) const {
    const Space& space = spaces_[id.raw()];
    std::uint64_t count = 0;
    for (const Region& region : space.regions.all())
        for (Page page = region.first; page < region.end; page = page + 1)
            count += space.pages.look(nodes_, page).is_resident() ? 1 : 0;
    return count;
}

} // namespace vm
