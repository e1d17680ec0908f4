// The working set of a program, by samples of what was accessed in the last few rounds.
// SPDX-License-Identifier: MIT
//
// Does: an age for each page as shifted history, a strand that samples and sleeps.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace {

struct Sampled {
    Page page{};
    std::uint8_t history = 0;
};

struct WorkingSet {
    spin::TranslationContext context{};
    std::array<Sampled, 64> pages{};
    std::size_t count = 0;
};
constinit WorkingSet set{};

std::span<Sampled> sampled() { return std::span(set.pages).first(set.count); }

Result<std::uint64_t> sample() {
    for (Sampled& sampled : sampled()) {
        const spin::Mapping use = TRY(translation_examine_mapping(set.context, sampled.page));
        sampled.history =
            static_cast<std::uint8_t>(sampled.history >> 1 | (use.was_accessed ? 0x80 : 0));
        TRY(translation_forget_access(set.context, sampled.page));
    }
    return static_cast<std::uint64_t>(std::ranges::count_if(
        sampled(), [](const Sampled& sampled) { return std::popcount(sampled.history) >= 2; }));
}

void sample_for_ever() {
    for (;;) {
        if (!sample())
            console_write("a page went\n");
        strand_block_until(strand_deadline_in(100000));
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program& program) {
    set.context = program.context;
    for (std::uint64_t i = 0; i < 8; ++i)
        set.pages[set.count++].page = Page::containing(program.heap_start) + i;
    TRY(strand_create(quota, sample_for_ever));
    return {};
}
