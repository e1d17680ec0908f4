// Takes frames, gives them back and takes them again, and sees whether what it writes stays.
// SPDX-License-Identifier: MIT
//
// So it is the next holder of whatever another extension gave back and still sees.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <algorithm>
#include <array>

namespace {

constexpr std::uint64_t PAUSE = 1000; // ticks of `time`

struct Witness {
    spin::FrameQuota quota;
    std::array<spin::FrameCapability, 64> frames{};
};
constinit Witness witness;

std::byte mark(std::size_t number) { return static_cast<std::byte>(number + 1); }

Result<void> take_all() {
    for (std::size_t i = 0; i < witness.frames.size(); ++i) {
        witness.frames[i] = TRY(phys_addr_allocate(witness.quota));
        std::ranges::fill(witness.frames[i].bytes(), mark(i));
    }
    return {};
}

Result<void> give_all() {
    for (std::size_t i = 0; i < witness.frames.size(); ++i) {
        const PageBytes bytes = witness.frames[i].bytes();
        if (std::ranges::count(bytes, mark(i)) != PAGE_SIZE)
            console_write("witness: a frame was changed\n");
        TRY(phys_addr_deallocate(witness.frames[i]));
    }
    return {};
}

void look() {
    console_write("witness: here\n");
    while (take_all()) {
        strand_block_until(strand_time() + PAUSE);
        if (!give_all())
            console_write("witness: a frame was taken away\n");
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    witness.quota = quota;
    TRY(strand_create(quota, look));
    return {};
}
