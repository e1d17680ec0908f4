// The pager: services/vm as an extension in the kernel's address space, for all programs.
// SPDX-License-Identifier: MIT
//
// It handles Translation.PageNotPresent of every space that it made. Before: fault_dispatch in
// ../../fault.cpp. Next: fault_install there, through translation_add_mapping. It sees no header
// but its own and those of interface/, services/ and lib/; what it calls beyond itself, the
// kernel's linker finds among what ../../exports.S and the extension `files` offer, or refuses.
#include "kernels/spin/extensions/pager/pager.hpp"

#include "services/vm/sizes.hpp"

namespace {

constinit Pager pager_state;

// Of the swap area an instance gets one part in so many.
constexpr std::uint64_t INSTANCE_SHARE = 16;

// Tables in memory of their own.
struct TableSource {
    spin::FrameQuota quota;
    template <class T>
    Result<std::span<T>> take(std::uint64_t count) {
        return spin::make_table<T>(quota, count);
    }
};

void page_out_daemon() {
    for (;;) {
        const bool is_more_to_do = vm::page_out_a_step<PageOut>();
        pager_state.spare_frames();
        is_more_to_do ? PageOut::yield() : PageOut::sleep();
    }
}

// PhysAddr.Reclaim. Who asks stands on this stack, and one would fall with the other; so nothing
// here waits, for the lock neither, and what takes time is left to the daemon.
spin::FrameCapability give_one_up(const spin::Reclaim&) { return pager_state.take_spared(); }

} // namespace

Pager& the_pager() { return pager_state; }

vm::Memory& PageOut::memory() { return pager_state.memory; }
spin::SleepingLock& PageOut::lock() { return pager_state.lock; }
void PageOut::wake() {
    if (!pager_state.is_daemon_asleep)
        return; // it may wait for the lock or the disk, and must not be disturbed there
    pager_state.is_daemon_asleep = false;
    static_cast<void>(strand_unblock(pager_state.daemon)); // it never ends
}
void PageOut::sleep() {
    pager_state.is_daemon_asleep = true;
    while (pager_state.is_daemon_asleep)
        static_cast<void>(strand_block(pager_state.daemon)); // it runs
}

// The stages from resolve to install, with the lock held.
Result<void> page_not_present(const spin::PageNotPresent& event) {
    const vm::SpaceId space = pager_state.memory.translations.space(event.context);
    return pager_state.service.mend(space, event.fault);
}

Result<void> Pager::start(spin::FrameQuota quota) {
    const std::uint64_t frames = TRY(phys_addr_limit(quota));
    const auto capabilities = TRY(spin::make_table<spin::FrameCapability>(quota, frames));
    memory.frames.take_from(quota, capabilities);
    memory.frames.note_given_in(TRY(spin::make_table<std::uint32_t>(quota, frames)));
    memory.translations.take_from(quota, capabilities);
    files::SwapArea swap = files::swap_area();
    const std::uint64_t part = std::min(swap.count / INSTANCE_SHARE, Instance::MOST_PAGES);
    for (Instance& instance : instances) {
        swap.count -= part;
        instance.start(quota, {.first = swap.first + swap.count, .count = part});
    }
    memory.swap.adopt(swap);
    TableSource source{quota};
    const auto spaces = TRY(spin::make_table<vm::Space>(quota, pager::SPACES));
    tables = TRY(vm::make_storage(spaces, frames, swap.count, source));
    daemon = TRY(strand_create(quota, page_out_daemon));
    return phys_addr_install_reclaim(quota, vm::LEAST_POOL, give_one_up);
}

std::uint64_t Pager::promised_beyond(std::uint64_t spared) const {
    std::uint64_t there = memory.frames.held_count();
    for (const Instance& instance : instances)
        there -= instance.pool();
    return memory.pool() + spared > there ? memory.pool() + spared - there : 0;
}

spin::FrameCapability Pager::take_spared() {
    if (spared_count_ != 0)
        return spared_[--spared_count_];
    is_asked_for_frames_ = true;
    PageOut::wake();
    return {};
}

void Pager::spare_frames() {
    if (!is_asked_for_frames_)
        return;
    is_asked_for_frames_ = false;
    const io::Turn turn(PageOut::lock());
    // Where it fails, programs were promised what there is, or the disk writes nothing.
    if (!memory.shrink(promised_beyond(spared_.size() - spared_count_)))
        return;
    while (spared_count_ != spared_.size()) {
        const Result<vm::FrameIndex> frame = memory.frames.leave();
        if (!frame)
            return;
        spared_[spared_count_++] = memory.frames.capability(*frame);
    }
}

void Pager::start_over() {
    for (std::uint64_t i = 0; i < tables.spaces.size(); ++i)
        if (tables.spaces[i].state == vm::Space::State::used)
            advised.destroy(vm::SpaceId(i));
}

Result<void> Pager::set_up(const vm::Configuration& configuration) {
    start_over();
    const io::Turn turn(lock); // the daemon may be in the middle of an eviction
    return memory.set_up(tables, configuration);
}

extern "C" Result<void> extension_start(spin::FrameQuota frames, const spin::Program&) {
    return the_pager().start(frames);
}
