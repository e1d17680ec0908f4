// Start of ExOS, in the first environment.
// SPDX-License-Identifier: MIT
//
// Before: the kernel, at boot_entry in entry.S. Next: process 1's program. What is made here once,
// the shared section, every later process has from its parent.
#include "boot.hpp"

#include "console.hpp"
#include "critical.hpp"
#include "fault.hpp"
#include "libos.hpp"
#include "primitives.hpp"
#include "tables.hpp"

#include "lib/print.hpp"
#include "services/calls/boot.hpp"
#include "services/calls/placement.hpp"
#include "services/fs/superblock.hpp"

#include <memory>
#include <new>

constinit LibraryOs libos;

extern "C" {
// slices.S
void slice_begins();
void slice_ends();
}

namespace {

// Says why the system cannot start, and ends the machine.
template <class... Parts>
[[noreturn]] void refuse(const Parts&... why) {
    Console output;
    print(output, "cannot start: ", why..., "\n");
    primitive::refuse_to_begin();
}

template <class R>
void require(const R& step, std::string_view what) {
    if (!step)
        refuse(what, ": ", to_words(step.error()));
}

std::string_view arguments() {
    const abi::exo::EnvironmentPage& page = environment_page();
    return {page.arguments.data(),
            std::min<std::uint64_t>(page.argument_bytes, page.arguments.size())};
}

// The library itself lies there, put by the kernel, as far as its pages go on.
void note_library() {
    tables.note_part(0);
    tables.note(LIBRARY_BASE);
    tables.note(EXO_LIBRARY_DATA);
}

// Part 1, the table of EXO_SHARED, and frames for all of it. They are nobody's: there as long as
// any process is, and no process is asked to give them back.
Result<void> make_shared_section() {
    TRY(take_frame(slots::MAKING));
    TRY(primitive::give_part(abi::exo::SELF, 1, slots::MAKING));
    tables.note_part(1);
    TRY(have_table(EXO_SHARED));
    for (std::uint64_t i = 0; i < pages_to_hold(sizeof(Shared)); ++i) {
        const VirtAddr address(EXO_SHARED + i * PAGE_SIZE);
        TRY(take_frame(slots::MAKING));
        TRY(primitive::share(abi::exo::SELF, slots::MAKING, slots::SHARED + i, 1, Rights::all()));
        TRY(primitive::install(slots::SHARED + i, Page::containing(address), Rights::read_write(),
                               3));
        TRY(primitive::release(slots::MAKING));
    }
    std::construct_at(&shared);
    return {};
}

// The first block says how much of the disk is the file system's; the rest is not ours to take.
Result<void> mount() {
    const auto first_block = std::span(shared.buffers).first<PAGE_SIZE>();
    TRY(shared.disk.take(1));
    TRY(shared.disk.read(block::BlockNumber{0}, first_block));
    const fs::Layout layout = TRY(fs::read_superblock(first_block));
    TRY(primitive::unbind(slots::FILES_EXTENT));
    TRY(shared.disk.take(std::min<std::uint64_t>(layout.swap_first, shared.disk.block_count())));
    return shared.file_system.mount({.buffers = shared.buffers,
                                     .buffer_records = shared.buffer_records,
                                     .inodes = shared.inodes});
}

// Its file is in use: nobody writes to it.
Result<void> hold_library() {
    const Files::Inode root = shared.files.root();
    const Result<Files::Inode> inode = shared.files.lookup(call::world::LIBRARY, root);
    shared.files.release(root);
    return shared.files.begin_use(TRY(inode), io::FileUse::running);
}

void take_charge() {
    note_library();
    // First: others may want their slices already.
    const abi::exo::Contexts contexts{reinterpret_cast<std::uint64_t>(exception_entry),
                                      reinterpret_cast<std::uint64_t>(slice_begins),
                                      reinterpret_cast<std::uint64_t>(slice_ends)};
    require(primitive::set_contexts(abi::exo::SELF, contexts), "contexts");
    require(make_shared_section(), "memory");
    // By which others know this process.
    require(
        primitive::share(abi::exo::SELF, abi::exo::OWN_SLOT, slots::ENVIRONMENTS, 1, Rights::all()),
        "environment");
    require(
        primitive::share(abi::exo::SELF, abi::exo::BESIDE_SLOT, slots::BESIDE, 1, Rights::read()),
        "beside");
    libos.since = read_time();
    // Without a serial line nothing is ever typed.
    require(primitive::take_keys(slots::of_address(EXO_SHARED)), "keys");
}

} // namespace

// The answer of the call that none was: what the first program's start gets.
extern "C" std::uint64_t boot() {
    enter_critical();
    take_charge();
    const auto configuration = call::configuration_asked_for(arguments());
    if (!configuration)
        primitive::refuse_to_begin();
    if (environment_page().disk_blocks == 0)
        refuse("there is no disk");
    require(mount(), "no file system on the disk");
    require(hold_library(), call::world::LIBRARY);
    shared.system.set_up(shared.pipes);
    require(place_memory(configuration->memory), "memory");
    // Every process is in the first one's group, or in none.
    if (configuration->scheduler != sched::Kind::round_robin)
        shared.turns.join(MUST(shared.turns.create(configuration->scheduler)),
                          unix::Processes::FIRST);
    if (!call::start_program(arguments()))
        primitive::refuse_to_begin();
    leave_critical();
    return call_context.words[0];
}
