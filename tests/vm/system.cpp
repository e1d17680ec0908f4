// The kernel's and the processor's part of a fault, for tests.
// SPDX-License-Identifier: MIT
#include "tests/vm/system.hpp"

#include "lib/codec.hpp"
#include "services/vm/fault.hpp"

#include <algorithm>

System::System(const Sizes& sizes)
    : machine(sizes.frames, sizes.slots), spaces_(sizes.spaces),
      nodes_(sizes.nodes * vm::NODE_RECORDS, vm::Record::swapped(vm::SwapSlot(99))),
      records_(sizes.frames + 1), buckets_(16), slots_(sizes.slots) {
    machine.batches = sizes.batches;
    memory->frames.machine = &machine;
    memory->translations.machine = &machine;
    memory->swap.machine = &machine;
    memory->files.machine = &machine;
    const Result<void> set_up = memory->set_up({.spaces = spaces_,
                                                .nodes = nodes_,
                                                .frames = records_,
                                                .buckets = buckets_,
                                                .slots = slots_},
                                               sizes.configuration);
    must(set_up.has_value(), "set_up refused");
}

Result<void> System::mend(vm::SpaceId space, Page page, Access access) {
    const Fault fault{page.start() + 8, VirtAddr(0x10000000), access};
    TRY(fault_resolve(*memory, space, fault));
    TRY(fault_frame(*memory));
    TRY(fault_fill(*memory));
    const vm::Resolution& resolution = memory->resolution();
    supply = resolution.supply;
    ++faults;
    must(resolution.rights.allow(access), "a fault was mended with too few rights");
    const std::pair<std::uint64_t, std::uint64_t> where{space.raw(), page.number()};
    machine.put_in_force(); // with the installation
    must(resolution.standing == vm::Standing::maybe || !machine.tables.contains(where),
         "a translation stands where none should");
    machine.tables[where] = {resolution.frame, resolution.rights, {}};
    return {};
}

Result<PageOfBytes*> System::access(vm::SpaceId space, Page page, Access access) {
    must(machine.collected.empty(), "a program runs, and changes are not in force");
    const std::pair<std::uint64_t, std::uint64_t> where{space.raw(), page.number()};
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto found = machine.tables.find(where);
        if (found != machine.tables.end() && found->second.rights.allow(access)) {
            found->second.usage.accessed = true;
            found->second.usage.dirty |= access == Access::store;
            return &machine.memory.at(found->second.frame.raw());
        }
        must(attempt == 0, "a fault that was mended comes again");
        TRY(mend(space, page, access));
    }
    return std::unexpected(Error::invalid);
}

Result<std::uint64_t> System::load(vm::SpaceId space, Page page, std::size_t word) {
    return ::load<std::uint64_t>(TRY(access(space, page, Access::load))->bytes, word * 8);
}

Result<void> System::store(vm::SpaceId space, Page page, std::uint64_t value, std::size_t word) {
    return ::store(TRY(access(space, page, Access::store))->bytes, word * 8, value);
}

Result<void> System::destroy(vm::SpaceId space) {
    machine.dying = space.raw();
    const Result<void> destroyed = memory->destroy(space);
    machine.dying.reset();
    std::erase_if(machine.tables,
                  [&](const auto& entry) { return entry.first.first == space.raw(); });
    return destroyed;
}

Section System::section() const {
    return {*memory, spaces_, nodes_, records_, buckets_, slots_, machine.tables, machine.swap};
}

void System::enter(const Section& section) {
    *memory = section.memory;
    std::ranges::copy(section.spaces, spaces_.begin());
    std::ranges::copy(section.nodes, nodes_.begin());
    std::ranges::copy(section.records, records_.begin());
    std::ranges::copy(section.buckets, buckets_.begin());
    std::ranges::copy(section.slots, slots_.begin());
    machine.tables = section.tables;
    machine.swap = section.swap;
}

bool System::is_empty() const {
    const vm::Statistics now = memory->statistics();
    bool held = false;
    for (const auto& [file, count] : machine.holds)
        held |= count != 0;
    for (const auto& [file, count] : machine.writers)
        held |= count != 0;
    return now.resident == 0 && now.free_frames == machine.memory.size() &&
           now.free_slots == now.slots && now.free_nodes == now.nodes && now.committed == 0 &&
           now.spaces == 0 && machine.taken.empty() && machine.tables.empty() && !held;
}
