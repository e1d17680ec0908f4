// Blocks that are not one's own, frames that are not to be written, and requests that outlive.
// SPDX-License-Identifier: MIT
//
// The extent is of the disk's last blocks: swap, which no process of ExOS needs here.
#include "child.hpp"
#include "expect.hpp"

using namespace hostile;

namespace {

using abi::exo::disk_operation;
using abi::exo::DISK_REQUESTS_EACH;
using abi::exo::DiskOperation;
using abi::exo::UNDER_WAY;
using abi::exo::word;

constexpr std::uint64_t BLOCKS = 8;
constexpr std::uint64_t EXTENT = FREE_SLOTS, FRAME = FREE_SLOTS + 1, WORDS_SLOT = FREE_SLOTS + 2,
                        TO_READ = FREE_SLOTS + 3, EXTENT_TO_READ = FREE_SLOTS + 4;
constexpr std::uint64_t EMPTY = FREE_SLOTS + 5;
constexpr std::uint64_t FRAME_PAGE = SCRATCH, WORDS_PAGE = SCRATCH + PAGE_SIZE;
constexpr std::uint64_t A_WORD = word(WORDS_SLOT, 0);

volatile std::uint64_t* words() { return reinterpret_cast<volatile std::uint64_t*>(WORDS_PAGE); }
volatile std::uint64_t* contents() { return reinterpret_cast<volatile std::uint64_t*>(FRAME_PAGE); }

std::int64_t disk(DiskOperation operation, std::uint64_t extent, std::uint64_t block,
                  std::uint64_t frame, std::uint64_t where) {
    return ask(Primitive::disk, disk_operation(operation, extent), block, frame, where);
}
void await(std::size_t index) {
    while (words()[index] == UNDER_WAY)
        let_child_run();
}

void take_blocks() {
    const std::uint64_t blocks = environment_page().disk_blocks;
    const Capability extent = ask_for_capability(Primitive::take_extent, blocks - BLOCKS, BLOCKS);
    expect("bind the extent", bind(extent, EXTENT), 0);
    share(SELF, EXTENT, EXTENT_TO_READ, 1, READ);
    take_frame(FRAME);
    take_frame(WORDS_SLOT);
    share(SELF, FRAME, TO_READ, 1, READ);
    install(FRAME, FRAME_PAGE, READ | WRITE);
    install(WORDS_SLOT, WORDS_PAGE, READ | WRITE);
}

void extents_of_others() {
    const std::uint64_t end = environment_page().disk_blocks;
    const Words taken{0, 1, end - 1, end - BLOCKS};
    for (const std::uint64_t first : taken)
        expect("blocks of others", ask(Primitive::take_extent, first, 1), -abi::PERMISSION);
    expect("all blocks", ask(Primitive::take_extent, 0, end), -abi::PERMISSION);
    expect("into others' blocks", ask(Primitive::take_extent, end - BLOCKS - 1, 2),
           -abi::PERMISSION);
    for (const std::uint64_t first : Words{end, end + 1, 1ULL << 32, 1ULL << 63, ~0ULL})
        expect("no such blocks", ask(Primitive::take_extent, first, 1), -abi::FAULT);
    for (const std::uint64_t count : Words{0, end, 1ULL << 63, ~0ULL - 1, ~0ULL})
        expect("not so many", ask(Primitive::take_extent, end - BLOCKS - 1, count), -abi::FAULT);
}

void requests_of_others() {
    for (const auto operation : {DiskOperation::read, DiskOperation::write, DiskOperation::flush})
        for (const std::uint64_t slot : Words{EMPTY, FRAME, SLOTS - 1, abi::exo::BINDINGS})
            expect("no extent", disk(operation, slot, 0, FRAME, A_WORD), -abi::PERMISSION);
    for (const auto operation : {DiskOperation::read, DiskOperation::write}) {
        for (const std::uint64_t block : Words{BLOCKS, 1ULL << 32, 1ULL << 63, ~0ULL})
            expect("a block beyond", disk(operation, EXTENT, block, FRAME, A_WORD), -abi::FAULT);
        for (const std::uint64_t slot : Words{EMPTY, EXTENT, SLOTS - 1, ~0ULL})
            expect("no frame", disk(operation, EXTENT, 0, slot, A_WORD), -abi::PERMISSION);
    }
    expect("read into what is to be read", disk(DiskOperation::read, EXTENT, 0, TO_READ, A_WORD),
           -abi::PERMISSION);
    for (const auto operation : {DiskOperation::write, DiskOperation::flush})
        expect("an extent to be read", disk(operation, EXTENT_TO_READ, 0, FRAME, A_WORD),
               -abi::PERMISSION);
    for (const std::uint64_t operation : Words{3, 4, 0xff})
        expect("no operation",
               disk(static_cast<DiskOperation>(operation), EXTENT, 0, FRAME, A_WORD),
               -abi::INVALID);
    for (const std::uint64_t slot : Words{EMPTY, EXTENT, SLOTS - 1, abi::exo::BINDINGS, TO_READ})
        expect("a word of nobody's", disk(DiskOperation::read, EXTENT, 0, FRAME, word(slot, 0)),
               -abi::PERMISSION);
    for (const std::uint64_t offset : Words{1, 4, PAGE_SIZE - 1})
        expect("no aligned word",
               disk(DiskOperation::read, EXTENT, 0, FRAME, word(WORDS_SLOT, offset)),
               -abi::INVALID);
    expect("nothing was stored", static_cast<std::int64_t>(words()[0]), 0);
}

// What was refused was not done; what is not refused is.
void written_and_read() {
    contents()[0] = 0x1234;
    expect("write", disk(DiskOperation::write, EXTENT, BLOCKS - 1, TO_READ, A_WORD), 0);
    await(0);
    expect("it was done", static_cast<std::int64_t>(words()[0]), 0);
    contents()[0] = 0;
    expect("read", disk(DiskOperation::read, EXTENT_TO_READ, BLOCKS - 1, FRAME, A_WORD), 0);
    await(0);
    expect("what was written", static_cast<std::int64_t>(contents()[0]), 0x1234);
}

void too_many() {
    std::int64_t answer = 0;
    for (std::uint64_t i = 0; answer == 0 && i < 200; ++i)
        answer = disk(DiskOperation::read, EXTENT, 0, FRAME, word(WORDS_SLOT, i * 8));
    expect("too many requests", answer, -abi::TOO_MANY);
    for (std::size_t i = 0; i < 200; ++i)
        await(i);
    expect("after these there may be others", disk(DiskOperation::flush, EXTENT, 0, 0, A_WORD), 0);
    await(0);
    const std::uint64_t frame = free_frame();
    expect("no pin is left", record_of(frame - 1).pins, 0);
}

// The child asks for all that it may, and ends. What the device writes to is not given away before.
void outlived() {
    constexpr std::uint64_t CHILDS_EXTENT = 4, CHILDS_FRAME = 5;
    make_and_begin_child(serving());
    const std::uint64_t frame = take_frame(SLOT);
    expect("share the extent", share(CHILD, EXTENT, CHILDS_EXTENT, 1, ALL), 0);
    expect("share the frame", share(CHILD, SLOT, CHILDS_FRAME, 1, ALL), 0);
    expect("release it", release(SLOT), 0);
    expect("of an extent of others",
           let_child(Primitive::disk, disk_operation(DiskOperation::read, EXTENT), 0, CHILDS_FRAME,
                     word(CHILDS_FRAME, 0)),
           -abi::PERMISSION);
    for (std::size_t i = 0; i < DISK_REQUESTS_EACH; ++i)
        tell_child(i, Primitive::disk, disk_operation(DiskOperation::read, CHILDS_EXTENT),
                   BLOCKS - 1, CHILDS_FRAME, word(CHILDS_FRAME, 8 * i));
    tell_child(DISK_REQUESTS_EACH, Primitive::exit);
    child_data().calls = DISK_REQUESTS_EACH + 1;
    // Not asleep: as soon as it can be had.
    std::uint64_t denied = 0;
    while (allocate(frame, SLOT) == -abi::PERMISSION)
        ++denied;
    expect_that("nobody got it before", denied != 0);
    expect_that("nobody gets it from a child that is there", child_has_ended());
    expect("no device reaches it", record_of(frame).pins, 0);
    expect("nothing of the child's is left", record_of(frame).bindings, 1);
    install(SLOT, FRAME_PAGE, READ | WRITE);
    for (std::size_t i = 0; i < PAGE_SIZE / 8; ++i)
        contents()[i] = i;
    let_child_run();
    std::size_t kept = 0;
    while (kept < PAGE_SIZE / 8 && contents()[kept] == kept)
        ++kept;
    expect("words that nobody stored to", static_cast<std::int64_t>(kept), PAGE_SIZE / 8);
    remove(FRAME_PAGE);
    release(SLOT);
    end_child();
}

} // namespace

extern "C" int requests() {
    prepare_children();
    take_blocks();
    extents_of_others();
    requests_of_others();
    written_and_read();
    too_many();
    outlived();
    return failures();
}
