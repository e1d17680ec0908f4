// A machine for services/vm to run on: frames, page tables with A and D bits, a swap device, files.
// SPDX-License-Identifier: MIT
//
// It checks what the service must never do (a frame taken twice, a translation over another, a slot
// beyond the device) and can fail: every device transfer, every frame and every page-table entry.
// It can also collect changes of translations, as a placement may whose tables are far away: then
// they are in force from settle on, and what was used is not known before.
#pragma once

#include "lib/fault.hpp"
#include "lib/memory.hpp"
#include "lib/result.hpp"
#include "services/io/file_use.hpp"
#include "services/vm/names.hpp"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <vector>

struct alignas(PAGE_SIZE) PageOfBytes {
    std::array<std::byte, PAGE_SIZE> bytes{};
};

struct Translation {
    vm::FrameIndex frame;
    Rights rights;
    vm::Usage usage;
    bool was_writable = rights.can_write(); // at any time since it was made
};

struct Machine {
    Machine(std::size_t frame_count, std::size_t slot_count);

    // Memory.
    std::vector<PageOfBytes> memory;
    std::vector<vm::FrameIndex> free_frames;
    std::map<std::uint64_t, int> taken; // by how many services
    void share(vm::FrameIndex frame) { taken.at(frame.raw()) += 1; }
    // Entries of the space that is being destroyed go with their whole table.
    std::optional<std::uint64_t> dying;

    // The page tables: (space, page).
    using Place = std::pair<std::uint64_t, std::uint64_t>;
    std::map<Place, Translation> tables;
    bool batches = false;
    std::map<Place, std::optional<Translation>> collected; // not in force yet; nothing: none
    // As it will be when all is in force.
    std::optional<Translation> translation(const Place& where) const;
    void change(const Place& where, const std::optional<Translation>& translation);
    void put_in_force();
    std::uint64_t tables_until_failure = ~0ULL; // entries that fork can still make

    // The devices.
    std::vector<PageOfBytes> swap;
    std::map<std::uint64_t, std::vector<std::byte>> files;
    std::map<std::uint64_t, int> holds;
    std::map<std::uint64_t, int> writers;          // of these, those that may change the file
    std::set<std::uint64_t> claimed;               // pages of files, by index
    std::set<std::uint64_t> holes;                 // those without a block,
    std::uint64_t blocks_until_full = ~0ULL;       // and blocks that are left for them
    std::uint64_t transfers_until_failure = ~0ULL; // then `failures` fail, then it is well again
    std::uint64_t failures = 0;
    std::uint64_t reads = 0;
    std::uint64_t writes = 0;
    bool in_transfer();
};

struct MachineFrames {
    Machine* machine = nullptr;
    Result<vm::FrameIndex> take();
    void give(vm::FrameIndex frame);
    PageBytes bytes(vm::FrameIndex frame);
    std::uint64_t free_count() const { return machine->free_frames.size(); }
    bool is_shared(vm::FrameIndex frame) const { return machine->taken.at(frame.raw()) > 1; }
};

struct MachineTranslations {
    Machine* machine = nullptr;
    Result<void> map(vm::SpaceId space, Page page, vm::FrameIndex frame, Rights rights);
    vm::Usage unmap(vm::SpaceId space, Page page);
    vm::Usage protect(vm::SpaceId space, Page page, Rights rights);
    vm::Usage usage(vm::SpaceId space, Page page);
    void clear_accessed(vm::SpaceId space, Page page);
    void settle() { machine->put_in_force(); }
};

struct MachineSwap {
    Machine* machine = nullptr;
    std::uint64_t slots() const { return machine->swap.size(); }
    Result<void> read(vm::SwapSlot slot, PageBytes page);
    Result<void> write(vm::SwapSlot slot, PageBytes page);
};

struct MachineFiles {
    Machine* machine = nullptr;
    Result<void> read_page(vm::FileId file, std::uint64_t index, std::uint64_t count,
                           PageBytes page);
    Result<void> write_page(vm::FileId file, std::uint64_t index, std::uint64_t count,
                            PageBytes page);
    Result<void> claim_page(vm::FileId file, std::uint64_t index);
    Result<bool> has_page(vm::FileId file, std::uint64_t index);
    void hold(vm::FileId file, io::FileUse use) {
        machine->holds[file.raw()] += 1;
        machine->writers[file.raw()] += use == io::FileUse::writing ? 1 : 0;
    }
    void release(vm::FileId file, io::FileUse use) {
        machine->holds[file.raw()] -= 1;
        machine->writers[file.raw()] -= use == io::FileUse::writing ? 1 : 0;
    }
};
