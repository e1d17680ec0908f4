// Virtual memory: all paging state of all address spaces.
// SPDX-License-Identifier: MIT
//
// The structure-neutral whole, which each kernel places where its structure says: in the kernel
// (monolithic), in the pager (micro), in an extension (SPIN), in the library OS (exo). One thread
// at a time enters it, from fault_resolve to the end of fault_install as one visit; it may wait
// inside, for swap or files: for those below it (docs/services.md, "The ordering law").
//
//   Space: regions -> page records -> frame | swap slot | nothing (then the region says what)
//   CoreMap: frame -> users, queue          Slots: slot -> users
//
// faults: fault.hpp. mapping.cpp: map, unmap, protect, heap. fork.cpp. evict.cpp: replacement.
#pragma once

#include "services/vm/configuration.hpp"
#include "services/vm/core_map.hpp"
#include "services/vm/fault.hpp"
#include "services/vm/placement.hpp"
#include "services/vm/policy.hpp"
#include "services/vm/resolution.hpp"
#include "services/vm/slots.hpp"
#include "services/vm/space.hpp"
#include "services/vm/statistics.hpp"

namespace vm {

// Tables, given by the placement once; they may hold anything.
struct Storage {
    std::span<Space> spaces;          // constructed; as many as there may be address spaces
    std::span<Record> nodes;          // one for every 64 pages of every region, and a few
    std::span<FrameRecord> frames;    // one more than there are frame indices
    std::span<std::uint32_t> buckets; // a power of two, about as many as frames
    std::span<SlotRecord> slots;      // at most as many as the swap device has
};

class Memory {
    // First, since every fault goes through it; what the placement adds below may be large.
    Resolution resolution_{};
    CoreMap core_;
    NodePool nodes_;
    Slots slots_;
    std::span<Space> spaces_;
    Counters counters_;
    std::uint64_t pool_ = 0;
    Watermarks watermarks_;
    std::optional<Watermarks> fixed_watermarks_;
    std::uint64_t committed_ = 0; // pages that may need a frame or slot of their own
    std::uint64_t tables_a_node_ = 0;
    Policy policy_ = Policy::clock;

public:
    // Set these up before `set_up`.
    Frames frames;
    Translations translations;
    Swap swap;
    Files files;

    // invalid: a pool below LEAST_POOL, low above high, high not below the pool, or tables that do
    // not fit each other.
    Result<void> set_up(const Storage& storage, const Configuration& configuration);

    // A new address space, empty. too_many: the table is full.
    Result<SpaceId> create();
    // Gives everything back that ID has. The placement drops the whole page table right after; it
    // is not unmapped page by page. input_output: a changed page of a shared file could not be
    // written; everything is given back all the same.
    Result<void> destroy(SpaceId id);
    // Makes CHILD, which is empty and whose page table is ready, a copy of PARENT. no_memory:
    // beyond the commitment limit, or no nodes or tables; CHILD is empty again.
    Result<void> fork(SpaceId parent, SpaceId child);
    // What fork does to the parent ID, for a child that has a Memory of its own: a byte copy of
    // this one, of its tables and of its swap slots, made right after. No store of either is seen
    // by the other, so ID's translations lose the right to write. TELL(page, frame, rights), which
    // returns a Result<void>, is asked for each page that is resident, with what its translation
    // may allow: the child uses the frame, too, so from then on is_shared is true of it, for both.
    // The files behind ID's regions are held once more. invalid: this Memory has another space;
    // not_supported: ID may store to a shared file; what TELL says. After an error ID goes on as
    // before; the caller undoes what TELL did.
    template <class Tell>
    Result<void> fork_out(SpaceId id, Tell tell); // fork_out.hpp

    // Adds REGION. exists, invalid, no_memory: Regions::add; no_memory too: beyond the commitment
    // limit, or no nodes.
    Result<void> map(SpaceId id, const Region& region);
    // Where a region of PAGES pages fits within RANGE. no_memory.
    Result<Page> gap(SpaceId id, std::uint64_t pages, PageRange range) const;
    // Takes away all regions' pages within RANGE; where there are none, nothing. no_memory: the
    // table of regions has no room to cut one. input_output as for destroy.
    Result<void> unmap(SpaceId id, PageRange range);
    // Gives all pages of RANGE other rights. bad_address: some are in no region; not_permitted:
    // beyond what a region there may have; no_memory: too many regions, or beyond the commitment
    // limit. Nothing was done then.
    Result<void> protect(SpaceId id, PageRange range, Rights rights);

    // The heap starts empty at START and may grow up to LIMIT (page boundaries: else invalid).
    Result<void> set_heap(SpaceId id, VirtAddr start, VirtAddr limit);
    // Moves the heap's end by BYTES, either way, and returns the old end. no_memory: past its
    // limit, or as `map`; invalid: below its start. Nothing was done then.
    Result<VirtAddr> move_break(SpaceId id, std::int64_t bytes);

    // Writes every changed page of shared files to its file. input_output: some could not be.
    Result<void> write_back();

    // Whether free frames are below the low watermark.
    bool needs_page_out() const { return room() < watermarks_.low; }
    // Evicts up to STEP pages, as long as fewer frames than the high watermark are free. How many
    // it evicted: 0 when that is reached, or nothing can be evicted. input_output: the swap device
    // failed.
    Result<std::uint64_t> page_out(std::uint64_t step);
    // Evicts COUNT pages, whatever room there is, or as many as can be. input_output.
    Result<void> evict_pages(std::uint64_t count);
    // Evicts until the placement can take COUNT frames for itself. no_memory, input_output.
    Result<void> make_room(std::uint64_t count);
    // Memory becomes smaller by COUNT frames, at once, or larger again. no_memory: what is
    // committed would not fit, or the pool would fall below LEAST_POOL; input_output. A shrink that
    // fails leaves the pool as it was.
    Result<void> shrink(std::uint64_t count);
    Result<void> grow(std::uint64_t count);
    // Victims are chosen by POLICY from now on.
    void set_policy(Policy policy) { policy_ = policy; }
    // Frames that hold pages of programs may be so many.
    std::uint64_t pool() const { return pool_; }

    Statistics statistics() const;
    // Of these, the faults that were mended, by where the page came from.
    const auto& faults() const { return counters_.faults; }
    const Counters& counters() const { return counters_; }
    // They begin anew: a copy of a Memory is told of none of the first one's.
    void forget_counters() { counters_ = {}; }
    std::uint64_t resident() const { return core_.resident(); }
    std::uint64_t resident_pages(SpaceId id) const;
    const Space& space(SpaceId id) const { return spaces_[id.raw()]; }
    // Whether nothing is at PAGE but what its region says: it was not touched yet.
    bool is_untouched(SpaceId id, Page page) const {
        return space(id).pages.look(nodes_, page).is_absent();
    }

    // The frame that is resident at PAGE, if one is.
    std::optional<FrameIndex> frame_of(SpaceId id, Page page) const {
        const Record record = space(id).pages.look(nodes_, page);
        return record.is_resident() ? std::optional(record.frame()) : std::nullopt;
    }
    // Nodes from here on were never used.
    std::uint64_t nodes_end() const { return nodes_.used_end(); }
    std::uint64_t slots_end() const { return slots_.used_end(); } // the same of swap slots

    // What the last fault_resolve found.
    const Resolution& resolution() const { return resolution_; }

private:
    // Whether translations go one by one, or with their whole table.
    enum class Removal : std::uint8_t { each, whole_table };

    // The stages of a fault (fault.cpp), and what they leave to supply.cpp.
    friend Result<void>(::fault_resolve)(vm::Memory&, vm::SpaceId, const Fault&);
    friend Result<void>(::fault_frame)(vm::Memory&);
    friend Result<void>(::fault_fill)(vm::Memory&);
    Result<void> resolve_known(const Region& region, Record record);
    void resolve_resident(const Region& region, FrameIndex frame);
    Result<void> resolve_file(const Region& region);
    void resolve_place_in_file(const Region& region);
    Rights translation_rights(const Region& region, FrameIndex frame) const;
    Result<void> resolve_at_hand(SpaceId id, const Fault& fault);
    Result<void> resolve_elsewhere(SpaceId id, const Fault& fault);
    FrameRecord& assign(FrameIndex frame);
    Result<void> frame_otherwise();
    void keep_frame();
    void describe(FrameRecord& record) const;
    Result<void> fill();
    Result<void> take_copy();
    Result<void> read_page();
    Result<void> claim_block();

    // How many frames faults could take without evicting.
    std::uint64_t room() const {
        const std::uint64_t pool_left = pool_ > core_.resident() ? pool_ - core_.resident() : 0;
        return std::min(frames.free_count(), pool_left);
    }
    // The pool is FRAMES large. invalid: that is too small, or the watermarks do not fit.
    Result<void> set_pool(std::uint64_t frames);
    std::uint64_t commit_limit() const;
    // Of that, what is promised already.
    std::uint64_t committed() const;
    Result<void> check_commitment(std::uint64_t more) const;

    // mapping.cpp
    Result<void> add(Space& space, const Region& region);
    Result<void> cut(Space& space, PageRange range);
    void join(Space& space);
    Result<void> remove(SpaceId id, PageRange range, Removal removal);
    Result<void> release_pages(SpaceId id, const Region& region, Removal removal);
    // Whether some region that shows FRAME, a file's, may change it.
    bool is_written_by_others(FrameIndex frame);
    void show_file_again(FrameIndex frame);
    void uncover(Space& space, const Region& region);
    void narrow(SpaceId id, const Region& region);

    // fork.cpp
    Result<void> fork_region(SpaceId parent, SpaceId child, const Region& region);
    Result<void> fork_page(SpaceId parent, SpaceId child, const Region& region, Page page,
                           Record record);
    Result<void> check_fork_out(SpaceId id) const;
    Rights narrow_for_fork(SpaceId id, const Region& region, Page page, FrameIndex frame);
    void hold_files_again(SpaceId id);

    // users.hpp. VISIT(page, record) for every page of RANGE that is not absent; VISIT(space id,
    // page) for every record that names FRAME.
    template <class Visit>
    void for_each_record(Space& space, PageRange range, Visit visit);

    template <class Visit>
    void for_each_user(FrameIndex frame, Visit visit);
    template <class Visit>
    void for_each_user_by_fork(FrameIndex frame, Visit visit);
    template <class Visit>
    void for_each_user_of_file(FrameIndex frame, Visit visit);
    // Whether SPACE's record of PAGE names FRAME.
    bool names(SpaceId space, Page page, FrameIndex frame) const {
        return spaces_[space.raw()].pages.look(nodes_, page) == Record::resident(frame);
    }

    // evict.cpp
    Result<FrameIndex> evict(FrameIndex kept);
    Result<void> evict_one();
    Result<FrameIndex> evict_in_fault(FrameIndex kept);
    Result<FrameIndex> evict_by_choice(FrameIndex kept);
    Result<FrameIndex> evict_what_can_be_saved(FrameIndex kept);
    FrameIndex emptied(FrameIndex frame);
    FrameIndex choose_victim(FrameIndex kept);
    bool test_and_clear_accessed(FrameIndex frame);
    Result<void> save(FrameIndex frame);
    Result<void> write_to_file(FrameIndex frame);
    Result<void> write_to_swap(FrameIndex frame);
    Result<SwapSlot> slot_for(FrameIndex frame);
    void drop_copies_in_swap();
    void forget_slot(FrameRecord& record);
    void note_usage(FrameIndex frame, Usage usage);
    // One record less names FRAME; without any it is free. input_output: it was a changed page of a
    // file that could not be written.
    Result<void> drop_user(FrameIndex frame);

    struct Queue; // of resident frames, as the policies see it
};

} // namespace vm
