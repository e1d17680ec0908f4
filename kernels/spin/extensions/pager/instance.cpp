// A region's own Memory: it begins with frames of the first one, and gives them back.
// SPDX-License-Identifier: MIT
#include "kernels/spin/extensions/pager/pager.hpp"

#include "kernels/spin/interface/extension.hpp"

#include "services/vm/visit.hpp"

#include <utility>

namespace {

// Its leaves, the inner nodes above them, and one of each more, since a region begins anywhere.
constexpr std::uint64_t NODES = Instance::MOST_PAGES / vm::NODE_RECORDS + 4;

} // namespace

void Instance::start(spin::FrameQuota quota, files::SwapArea swap) {
    quota_ = quota;
    memory_.swap.adopt(swap);
}

Result<void> Instance::make_tables() {
    if (!borrowed_.empty())
        return {};
    // Tried once: what was made before memory ended cannot be given back.
    const spin::FrameQuota quota = std::exchange(quota_, {});
    tables_ = {
        .spaces = TRY(spin::make_table<vm::Space>(quota, 1)),
        .nodes = TRY(spin::make_table<vm::Record>(quota, NODES * vm::NODE_RECORDS)),
        .frames = TRY(spin::make_table<vm::FrameRecord>(quota, MOST_FRAMES + 1)),
        .buckets = TRY(spin::make_table<std::uint32_t>(quota, 1)), // no page here is a file's
        .slots = TRY(spin::make_table<vm::SlotRecord>(quota, memory_.swap.slots())),
    };
    capabilities_ = TRY(spin::make_table<spin::FrameCapability>(quota, MOST_FRAMES));
    given_ = TRY(spin::make_table<std::uint32_t>(quota, MOST_FRAMES));
    borrowed_ = TRY(spin::make_table<std::uint32_t>(quota, MOST_FRAMES));
    return {};
}

Result<void> Instance::take_over(vm::Memory& first, vm::SpaceId space, const vm::Region& region,
                                 vm::Policy policy, std::uint64_t count) {
    TRY(the_pager().guard(space));
    TRY(make_tables());
    TRY(borrow(first, count));
    const Result<void> filled = fill(first, space, region, policy);
    if (!filled) {
        give_back(first, count);
        return filled;
    }
    space_ = space;
    is_used_ = true;
    return {};
}

// The first Memory's pool gets smaller by as much as this one gets, so the sum stays.
Result<void> Instance::borrow(vm::Memory& first, std::uint64_t count) {
    TRY(first.shrink(count));
    for (borrowed_count_ = 0; borrowed_count_ < count; ++borrowed_count_) {
        const Result<vm::FrameIndex> frame = first.frames.take();
        if (!frame) {
            give_back(first, count);
            return std::unexpected(frame.error());
        }
        borrowed_[borrowed_count_] = static_cast<std::uint32_t>(frame->raw());
        capabilities_[borrowed_count_] = first.frames.capability(*frame);
    }
    return {};
}

void Instance::give_back(vm::Memory& first, std::uint64_t count) {
    for (; borrowed_count_ > 0; --borrowed_count_)
        first.frames.give(vm::FrameIndex(borrowed_[borrowed_count_ - 1]));
    MUST(first.grow(count)); // to what it was, or less
}

Result<void> Instance::fill(vm::Memory& first, vm::SpaceId space, const vm::Region& region,
                            vm::Policy policy) {
    const std::span<spin::FrameCapability> frames = capabilities_.first(borrowed_count_);
    memory_.frames = vm::Frames();
    memory_.frames.borrow(frames);
    memory_.frames.note_given_in(given_.first(borrowed_count_));
    memory_.translations.take_from({}, frames);
    memory_.translations.borrow(REGION, first.translations.context(space));
    static constexpr vm::Space EMPTY; // not on the stack: a space is large
    tables_.spaces[0] = EMPTY;
    vm::Storage tables = tables_;
    tables.frames = tables_.frames.first(borrowed_count_ + 1);
    // It evicts in the fault only: the daemon is the first Memory's.
    TRY(memory_.set_up(tables, {.policy = policy, .watermarks = vm::Watermarks{}}));
    static_cast<void>(TRY(memory_.create())); // REGION
    return memory_.map(REGION, region);
}

void Instance::hand_back(vm::Memory& first) {
    static_cast<void>(unmap(vm::EVERYTHING));
    is_used_ = false;
    give_back(first, borrowed_count_);
}

vm::Region Instance::piece(vm::SpaceId space, vm::PageRange range) const {
    if (!is_of(space))
        return {};
    for (const vm::Region& region : memory_.space(REGION).regions.all()) {
        const Page first = std::max(range.first, region.first);
        const Page end = std::min(range.end, region.end);
        if (first < end)
            return {.first = first, .end = end, .rights = region.rights};
    }
    return {};
}

Result<void> Instance::mend(const Fault& fault) { return vm::visit(memory_, REGION, fault); }

// Nothing here can fail: no file is written, and where the first Memory could cut, this one can.
bool Instance::unmap(vm::PageRange range) {
    MUST(memory_.unmap(REGION, range));
    return memory_.space(REGION).regions.all().empty();
}

Result<void> Instance::protect(vm::PageRange range, Rights rights) {
    return memory_.protect(REGION, range, rights);
}

vm::Statistics Instance::statistics() const {
    vm::Statistics own = memory_.statistics();
    own.slots = memory_.swap.slots();
    if (is_used())
        return own;
    own.free_slots = own.slots;
    own.pool = own.resident = own.free_frames = 0;
    return own;
}
