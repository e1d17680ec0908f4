// Beside UNIX it takes frames, few at a time, until it has a thousand, and looks after each.
// SPDX-License-Identifier: MIT
//
// When none is free the kernel asks the pager for them, whose programs go on with fewer.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include "lib/codec.hpp"
#include "lib/print.hpp"

#include <array>

namespace {

constexpr std::uint64_t A_WHILE = 10'000; // ticks of `time`: a millisecond
constexpr std::size_t AT_ONCE = 24;
constexpr std::size_t MOST = 1000;

struct Taker {
    spin::FrameQuota quota;
    spin::StrandReference strand;
    std::size_t count = 0;
    std::uint64_t refusals = 0;
    std::array<spin::FrameCapability, MOST> frames{};
};
constinit Taker taker{};

struct Console {
    void put(std::string_view text) { console_write(text); }
};

constexpr std::size_t LAST_WORD = PAGE_SIZE - 8;
std::uint64_t mark_of(std::size_t index) { return (index + 1) * 0x9e3779b97f4a7c15; }

Result<void> take_one() {
    const spin::FrameCapability frame = TRY(phys_addr_allocate(taker.quota));
    for (const std::size_t at : {std::size_t{0}, LAST_WORD})
        TRY(store<std::uint64_t>(frame.bytes(), at, mark_of(taker.count)));
    taker.frames[taker.count] = frame;
    taker.count += 1;
    return {};
}

bool is_whole(std::size_t index) {
    for (const std::size_t at : {std::size_t{0}, LAST_WORD}) {
        const Result<std::uint64_t> word = load<std::uint64_t>(taker.frames[index].bytes(), at);
        if (!word || *word != mark_of(index))
            return false;
    }
    return true;
}

// How many frames hold something else than what it wrote.
std::size_t count_wrong() {
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < taker.count; ++i)
        wrong += is_whole(i) ? 0 : 1;
    return wrong;
}

void take_some() {
    for (std::size_t i = 0; i < AT_ONCE && taker.count < MOST; ++i)
        if (!take_one()) {
            taker.refusals += 1;
            return;
        }
}

void take_and_look() {
    Console console;
    while (taker.count < MOST) {
        take_some();
        strand_block_until(strand_deadline_in(A_WHILE));
    }
    print(console, "taker: has ", taker.count, " frames, ", count_wrong(), " wrong; asked again ",
          taker.refusals, " times\n");
    for (;;) {
        strand_block_until(strand_deadline_in(100 * A_WHILE));
        if (const std::size_t wrong = count_wrong(); wrong != 0)
            print(console, "taker: ", wrong, " frames hold something else\n");
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota frames, const spin::Program&) {
    taker.quota = frames;
    taker.strand = TRY(strand_create(frames, take_and_look));
    return strand_unblock(taker.strand);
}
