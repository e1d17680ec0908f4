// The tiny library OS: notes, kept on a block of its own.
// SPDX-License-Identifier: MIT
//
// No processes, no files, no virtual memory: one address space (EXO_TINY), wired, and one service
// (notes.hpp). It shares nothing with ExOS, which may be beside it: the kernel loads it as it does
// the first environment (loader.cpp), with frames, a block and a slice of its own. What the two
// have in common is the kernel, and a capability by which ExOS may call.
//
// Before: entry.S. Next: primitives. Whoever calls stores to `notes` and counts the change; our own
// slice waits by a predicate on that count, and writes.
#include "notes.hpp"

#include "abi/address_map.h"
#include "kernels/exo/libos/console.hpp"
#include "kernels/exo/libos/primitives.hpp"
#include "lib/exception.hpp"
#include "lib/panic.hpp"
#include "lib/print.hpp"

extern "C" {
// entry.S
void tiny_begins();
void tiny_ends();
void tiny_is_called();
void tiny_faults();
}

namespace {

using abi::exo::DiskOperation;

constexpr std::uint64_t EXTENT = 256; // its slot; the image's pages are behind those from 0 on
constexpr std::uint64_t MAGIC = 0x7365746f6e796e74;

// The block, as it is on the disk.
struct alignas(PAGE_SIZE) Block {
    std::uint64_t magic;
    std::array<std::uint64_t, notes::COUNT> words;
};

enum class State : std::uint8_t { no_block, reading, ready, writing, alone };

constinit Block block{};
constinit State state = State::no_block;
constinit bool is_set_up = false;
// What others than our own slice store to, or the kernel.
alignas(PAGE_SIZE) constinit volatile std::uint64_t changes = 0; // of the notes, so far
constinit volatile std::uint64_t request = 0;                    // how it ended
constinit std::uint64_t written = 0;                             // changes that the disk has
constinit std::uint64_t being_written = 0;

// Pages of the image are behind slots in the order of their addresses.
std::uint64_t slot_of(const volatile void* address) {
    return (reinterpret_cast<std::uint64_t>(address) - EXO_TINY) / PAGE_SIZE;
}
std::uint64_t name_of(const volatile std::uint64_t& word) {
    return abi::exo::word(slot_of(&word), reinterpret_cast<std::uint64_t>(&word) % PAGE_SIZE);
}

// Until WORD is not VALUE. Goes on at `begin`, unless that is so already.
void wait_while(const volatile std::uint64_t& word, std::uint64_t value) {
    environment_page().terms[0] = {name_of(word), value};
    primitive::call(primitive::Primitive::wait, 1, ~std::uint64_t{0});
}

void ask_disk(DiskOperation operation, State then) {
    const Result<void> asked =
        primitive::disk(operation, EXTENT, 0, slot_of(&block), name_of(request));
    state = asked ? then : State::alone;
}

// The machine's last block, which may be somebody's swap.
void take_block() {
    const std::uint64_t blocks = environment_page().disk_blocks;
    if (blocks == 0) {
        state = State::alone;
        return;
    }
    const auto extent = primitive::take_extent(blocks - 1, 1);
    if (!extent) {
        state = State::alone;
        return;
    }
    MUST(primitive::bind(*extent, EXTENT)); // nothing is there
    ask_disk(DiskOperation::read, State::reading);
}

// What the disk had, if that was ours.
void begin_with_block() {
    if (request != 0 || block.magic != MAGIC)
        block = {MAGIC, {}};
    state = State::ready;
}

void set_up() {
    is_set_up = true;
    constexpr std::string_view NAME = "tiny";
    NAME.copy(environment_page().name.data(), NAME.size());
    environment_page().name_bytes = NAME.size();
    const abi::exo::Contexts contexts{.exception = reinterpret_cast<std::uint64_t>(tiny_faults),
                                      .begin = reinterpret_cast<std::uint64_t>(tiny_begins),
                                      .end = reinterpret_cast<std::uint64_t>(tiny_ends),
                                      .transfer = reinterpret_cast<std::uint64_t>(tiny_is_called)};
    MUST(primitive::set_contexts(abi::exo::SELF, contexts)); // they are ours
}

} // namespace

// Our own slice: the next step, until there is nothing to do.
extern "C" [[noreturn]] void tiny_goes_on() {
    if (!is_set_up)
        set_up();
    for (;;)
        switch (state) {
        case State::no_block:
            take_block();
            break;
        case State::reading:
        case State::writing:
            wait_while(request, abi::exo::UNDER_WAY);
            if (request == abi::exo::UNDER_WAY)
                break;
            if (state == State::reading)
                begin_with_block();
            written = being_written; // a disk that fails is not asked again for the same
            state = State::ready;
            break;
        case State::ready:
            wait_while(changes, written);
            being_written = changes;
            ask_disk(DiskOperation::write, State::writing);
            break;
        case State::alone:
            wait_while(changes, changes); // for ever
            break;
        }
}

// A call, in the caller's slice. We may not wait here.
extern "C" std::uint64_t tiny_serve(std::uint64_t asked, std::uint64_t number, std::uint64_t word) {
    if (state == State::no_block || state == State::reading)
        return abi::to_register(Error::busy);
    if (number >= notes::COUNT)
        return abi::to_register(Error::invalid);
    switch (static_cast<notes::Request>(asked)) {
    case notes::Request::recall:
        return block.words[number];
    case notes::Request::remember:
        if (static_cast<std::int64_t>(word) < 0)
            break;
        block.words[number] = word;
        changes = changes + 1;
        return 0;
    case notes::Request::pending:
        return state != State::alone && changes != written ? 1 : 0;
    }
    return abi::to_register(Error::invalid);
}

extern "C" [[noreturn]] void tiny_ends_by_fault() {
    const abi::exo::SaveArea& save = environment_page().save;
    Console output;
    print(output, "tiny: ", exception::in_words(save.cause), " at pc ", hex(save.pc), "\n");
    primitive::end_by_fault();
}

void panic(std::string_view why) {
    Console output;
    print(output, "tiny: ", why, "\n");
    primitive::end_by_fault();
}
