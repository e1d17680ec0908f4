// A handler that lets a program fault only so often: tokens that come back with time.
// SPDX-License-Identifier: MIT
//
// Does: arithmetic on ticks that cannot wrap, a refusal in words when there is none left.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <algorithm>

namespace {

class Bucket {
public:
    bool take(std::uint64_t now) {
        const std::uint64_t earned = (now - filled_at_) / TICKS_A_TOKEN;
        tokens_ = std::min(MOST, tokens_ + std::min(earned, MOST));
        filled_at_ += earned * TICKS_A_TOKEN;
        if (tokens_ == 0)
            return false;
        --tokens_;
        return true;
    }

private:
    static constexpr std::uint64_t MOST = 32;
    static constexpr std::uint64_t TICKS_A_TOKEN = 10000;
    std::uint64_t tokens_ = MOST;
    std::uint64_t filled_at_ = 0;
};

struct Limiter {
    spin::FrameQuota frames{};
    Bucket bucket{};
};
constinit Limiter limiter{};

Result<void> page_not_present(const spin::PageNotPresent& event) {
    while (!limiter.bucket.take(strand_time()))
        strand_block_until(strand_deadline_in(10000));
    const spin::FrameCapability frame = TRY(phys_addr_allocate(limiter.frames));
    zero_page(frame.bytes());
    return translation_add_mapping(event.context, Page::containing(event.fault.address), frame,
                                   Rights::read_write(), event.fault.access);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program& program) {
    limiter.frames = quota;
    return translation_install_page_not_present(program.context, page_not_present);
}
