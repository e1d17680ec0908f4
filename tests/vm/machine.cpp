// The machine under the service, in memory of the host.
// SPDX-License-Identifier: MIT
#include "tests/vm/machine.hpp"

#include "tests/vm/world.hpp"

#include <algorithm>

Machine::Machine(std::size_t frame_count, std::size_t slot_count)
    : memory(frame_count), swap(slot_count) {
    for (std::size_t i = frame_count; i != 0; --i)
        free_frames.emplace_back(i - 1);
}

std::optional<Translation> Machine::translation(const Place& where) const {
    const auto changed = collected.find(where);
    if (changed != collected.end())
        return changed->second;
    const auto found = tables.find(where);
    return found == tables.end() ? std::nullopt : std::optional(found->second);
}

void Machine::change(const Place& where, const std::optional<Translation>& translation) {
    collected[where] = translation;
    if (!batches)
        put_in_force();
}

void Machine::put_in_force() {
    for (const auto& [where, translation] : collected) {
        if (translation)
            tables[where] = *translation;
        else
            tables.erase(where);
    }
    collected.clear();
}

bool Machine::in_transfer() {
    put_in_force(); // programs run while the device works
    if (transfers_until_failure != 0) {
        --transfers_until_failure;
        return true;
    }
    if (failures == 0)
        return true;
    --failures;
    return false;
}

Result<vm::FrameIndex> MachineFrames::take() {
    if (machine->free_frames.empty())
        return std::unexpected(Error::no_memory);
    const vm::FrameIndex frame = machine->free_frames.back();
    machine->free_frames.pop_back();
    must(machine->taken.try_emplace(frame.raw(), 1).second, "a frame is taken twice");
    machine->memory[frame.raw()].bytes.fill(std::byte{0xcd});
    return frame;
}

void MachineFrames::give(vm::FrameIndex frame) {
    must(machine->taken.contains(frame.raw()), "a frame is given back that was not taken");
    // One that others use, too, is not free: it may be mapped until its copy takes its place.
    if (--machine->taken[frame.raw()] != 0)
        return;
    for (const auto& [where, stands] : machine->tables) {
        const std::optional<Translation> translation = machine->translation(where);
        must(!translation || translation->frame != frame || machine->dying == where.first,
             "a frame is given back that is mapped");
    }
    machine->taken.erase(frame.raw());
    machine->free_frames.push_back(frame);
}

PageBytes MachineFrames::bytes(vm::FrameIndex frame) {
    must(machine->taken.contains(frame.raw()), "a frame that is free is looked into");
    return PageBytes(machine->memory.at(frame.raw()).bytes);
}

Result<void> MachineTranslations::map(vm::SpaceId space, Page page, vm::FrameIndex frame,
                                      Rights rights) {
    if (machine->tables_until_failure == 0)
        return std::unexpected(Error::no_memory);
    --machine->tables_until_failure;
    const Machine::Place where{space.raw(), page.number()};
    must(!machine->translation(where), "a translation is made where one stands");
    machine->change(where, Translation{frame, rights, {}});
    return {};
}

vm::Usage MachineTranslations::unmap(vm::SpaceId space, Page page) {
    const vm::Usage found = usage(space, page);
    machine->change({space.raw(), page.number()}, std::nullopt);
    return found;
}

vm::Usage MachineTranslations::protect(vm::SpaceId space, Page page, Rights rights) {
    const Machine::Place where{space.raw(), page.number()};
    const std::optional<Translation> found = machine->translation(where);
    if (!found)
        return {};
    machine->change(where, Translation{found->frame, rights, found->usage,
                                       found->was_writable || rights.can_write()});
    return usage(space, page);
}

vm::Usage MachineTranslations::usage(vm::SpaceId space, Page page) {
    const std::optional<Translation> found = machine->translation({space.raw(), page.number()});
    if (!found)
        return {};
    return {found->usage.accessed, machine->batches ? found->was_writable : found->usage.dirty};
}

void MachineTranslations::clear_accessed(vm::SpaceId space, Page page) {
    const Machine::Place where{space.raw(), page.number()};
    std::optional<Translation> found = machine->translation(where);
    if (!found)
        return;
    found->usage.accessed = false;
    machine->change(where, found);
}

Result<void> MachineSwap::read(vm::SwapSlot slot, PageBytes page) {
    must(slot.raw() < machine->swap.size(), "a slot beyond the device is read");
    if (!machine->in_transfer())
        return std::unexpected(Error::input_output);
    std::ranges::copy(machine->swap[slot.raw()].bytes, page.begin());
    ++machine->reads;
    return {};
}

Result<void> MachineSwap::write(vm::SwapSlot slot, PageBytes page) {
    must(slot.raw() < machine->swap.size(), "a slot beyond the device is written");
    PageOfBytes& stored = machine->swap[slot.raw()];
    if (!machine->in_transfer()) {
        stored.bytes.fill(std::byte{0xee}); // half written
        return std::unexpected(Error::input_output);
    }
    std::ranges::copy(page, stored.bytes.begin());
    ++machine->writes;
    return {};
}

Result<bool> MachineFiles::has_page(vm::FileId file, std::uint64_t index) {
    must(machine->holds[file.raw()] > 0, "a file that is not held is asked for its size");
    return machine->files.at(file.raw()).size() > index * PAGE_SIZE;
}

Result<void> MachineFiles::read_page(vm::FileId file, std::uint64_t index, std::uint64_t count,
                                     PageBytes page) {
    must(machine->holds[file.raw()] > 0, "a file that is not held is read");
    if (!machine->in_transfer())
        return std::unexpected(Error::input_output);
    const std::vector<std::byte>& bytes = machine->files.at(file.raw());
    std::ranges::fill(page, std::byte{0});
    for (std::uint64_t i = 0; i < count && index * PAGE_SIZE + i < bytes.size(); ++i)
        page[i] = bytes[index * PAGE_SIZE + i];
    ++machine->reads;
    return {};
}

Result<void> MachineFiles::write_page(vm::FileId file, std::uint64_t index, std::uint64_t count,
                                      PageBytes page) {
    must(machine->holds[file.raw()] > 0, "a file that is not held is written");
    must(machine->writers[file.raw()] > 0, "a file that nothing may change is written");
    must(machine->claimed.contains(index), "a page that was not claimed is written");
    if (!machine->in_transfer())
        return std::unexpected(Error::input_output);
    if (machine->holes.contains(index))
        return std::unexpected(Error::no_space);
    std::vector<std::byte>& bytes = machine->files.at(file.raw());
    for (std::uint64_t i = 0; i < count && index * PAGE_SIZE + i < bytes.size(); ++i)
        bytes[index * PAGE_SIZE + i] = page[i];
    ++machine->writes;
    return {};
}

Result<void> MachineFiles::claim_page(vm::FileId file, std::uint64_t index) {
    must(machine->holds[file.raw()] > 0, "a page of a file that is not held is claimed");
    if (!machine->in_transfer())
        return std::unexpected(Error::input_output);
    if (machine->holes.contains(index)) {
        if (machine->blocks_until_full == 0)
            return std::unexpected(Error::no_space);
        --machine->blocks_until_full;
        machine->holes.erase(index);
    }
    machine->claimed.insert(index);
    return {};
}
