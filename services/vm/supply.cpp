// Faults that are no first touch of an anonymous page: where the page comes from, and getting it.
// SPDX-License-Identifier: MIT
//
//   record      access   frame                     supply
//   absent      any      (none; file's resident)   file or zero; shared; bad_address
//   resident    load     any                       present
//   resident    store    own, one user             reuse
//   resident    store    own, more users           copy
//   resident    store    a file's, mapped private  copy
//   resident    store    a file's, mapped shared   reuse
//   swapped     any      (none)                    swap
//
// Before and next: fault.cpp.
#include "services/vm/memory.hpp"

namespace vm {

// What a translation of a resident page may allow: writing only where a store changes nobody else's
// page, or a shared file's that has a block for it.
Rights Memory::translation_rights(const Region& region, FrameIndex frame) const {
    // lab 2 task 5: hole translation-rights
    const FrameRecord& record = core_[frame];
    const bool writable =
        region.backing == Backing::file_shared
            ? record.has(FrameRecord::CLAIMED)
            : !record.is_of_file() && record.users == 1 && !frames.is_shared(frame);
    return writable ? region.rights : region.rights & Rights::read_execute();
    // lab 2 end
}

Result<void> Memory::resolve_known(const Region& region, Record record) {
    resolution_.holder = Holder::space;
    if (record.is_absent())
        return resolve_file(region);
    if (record.is_resident()) {
        resolve_resident(region, record.frame());
    } else {
        resolution_.slot = record.slot();
        resolution_.supply = Supply::swap;
    }
    return {};
}

void Memory::resolve_resident(const Region& region, FrameIndex frame) {
    const Rights allowed = translation_rights(region, frame);
    resolution_.frame = frame;
    resolution_.standing = Standing::maybe;
    if (resolution_.access != Access::store) {
        resolution_.supply = Supply::present;
        resolution_.rights = allowed;
    } else if (region.backing == Backing::file_shared) {
        resolution_.supply = Supply::reuse;
        resolve_place_in_file(region);
    } else {
        // lab 2 task 5: hole store-to-own
        resolution_.supply = allowed.can_write() ? Supply::reuse : Supply::copy;
        resolution_.source = frame;
        // lab 2 end
    }
}

// The page is the file's, at the place where REGION shows it.
void Memory::resolve_place_in_file(const Region& region) {
    const bool shared = region.backing == Backing::file_shared;
    const std::uint64_t bytes = shared ? PAGE_SIZE : region.file_bytes_at(resolution_.page);
    resolution_.file = {region.file, region.file_page_at(resolution_.page), bytes};
    resolution_.holder = Holder::file;
}

// bad_address: of a shared region's file, which does not reach so far.
Result<void> Memory::resolve_file(const Region& region) {
    if (region.file_bytes_at(resolution_.page) == 0)
        return {}; // beyond the file's part: zeroes
    resolve_place_in_file(region);
    resolution_.supply = Supply::file;
    if (region.charge == Charge::own) {
        resolution_.holder = Holder::space;
        return {};
    }
    if (resolution_.access != Access::store)
        resolution_.rights = resolution_.rights & Rights::read_execute(); // until it is claimed
    resolution_.frame = core_.find(resolution_.file);
    if (resolution_.frame != CoreMap::NONE) {
        resolution_.supply = Supply::shared;
        return {};
    }
    const bool is_there = region.backing != Backing::file_shared ||
                          TRY(files.has_page(resolution_.file.file, resolution_.file.index));
    return is_there ? Result<void>() : std::unexpected(Error::bad_address);
}

// The page has its frame: this space's record names it from now on, if it did not.
void Memory::keep_frame() {
    const FrameIndex kept = resolution_.frame;
    if (resolution_.supply == Supply::shared) {
        core_[kept].users += 1;
        nodes_[resolution_.place] = Record::resident(kept);
    } else {
        note_usage(kept, translations.usage(resolution_.space, resolution_.page));
    }
}

// RECORD, of a frame that is not filled with zeroes.
void Memory::describe(FrameRecord& record) const {
    if (resolution_.supply == Supply::copy)
        record.set(FrameRecord::DIRTY);
    if (resolution_.supply == Supply::swap) {
        // The page record's part in the slot goes over to the frame: a clean copy.
        record.backing = static_cast<std::uint32_t>(resolution_.slot.raw());
        record.set(FrameRecord::HAS_SLOT);
    }
}

Result<void> Memory::fill() {
    if (resolution_.supply == Supply::copy)
        return take_copy();
    if (resolution_.supply == Supply::file || resolution_.supply == Supply::swap)
        return read_page();
    return claim_block();
}

// A store to a shared file's page, the first one since it was loaded: can it be written some day?
Result<void> Memory::claim_block() {
    if (resolution_.holder != Holder::file || resolution_.access != Access::store)
        return {};
    TRY(files.claim_page(resolution_.file.file, resolution_.file.index));
    core_[resolution_.frame].set(FrameRecord::CLAIMED);
    return {};
}

// The frame that was shared has a user less then. input_output: it was the last one of a changed
// page of a shared file, which could not be written.
Result<void> Memory::take_copy() {
    // lab 2 task 5: hole take-copy
    copy_page(frames.bytes(resolution_.frame), frames.bytes(resolution_.source));
    // About to be free (a file's page that only this space had): then nothing may map it. What an
    // outsider uses, too, is not free, and the copy takes its place in the table.
    if (core_[resolution_.source].users == 1 && !frames.is_shared(resolution_.source))
        note_usage(resolution_.source, translations.unmap(resolution_.space, resolution_.page));
    return drop_user(resolution_.source);
    // lab 2 end
}

Result<void> Memory::read_page() {
    const FrameIndex filled = resolution_.frame;
    const bool from_swap = resolution_.supply == Supply::swap;
    const FilePage& wanted = resolution_.file;
    Result<void> read = claim_block();
    if (read)
        read = from_swap
                   ? swap.read(resolution_.slot, frames.bytes(filled))
                   : files.read_page(wanted.file, wanted.index, wanted.bytes, frames.bytes(filled));
    if (!read) [[unlikely]] {
        nodes_[resolution_.place] = from_swap ? Record::swapped(resolution_.slot) : Record();
        core_.remove(filled);
        frames.give(filled);
        return read;
    }
    if (resolution_.holder == Holder::file)
        core_.publish(filled, wanted);
    // Half of the slots in use: rather lose the clean copies.
    if (from_swap && slots_.free_count() < slots_.count() / 2)
        forget_slot(core_[filled]);
    return {};
}

} // namespace vm
