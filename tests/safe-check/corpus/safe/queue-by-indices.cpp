// A queue of waiting strands, linked through a table by their numbers.
// SPDX-License-Identifier: MIT
//
// Does: what a list of pointers does elsewhere; END is an index that no strand has.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>

namespace {

class WaitQueue {
public:
    void wait() {
        const spin::StrandReference self = strand_self();
        strands_[self.number()] = self;
        next_[self.number()] = END;
        if (first_ == END)
            first_ = self.number();
        else
            next_[last_] = self.number();
        last_ = self.number();
        static_cast<void>(strand_block(self)); // it runs
    }
    bool wake_one() {
        if (first_ == END)
            return false;
        const spin::StrandReference strand = strands_[first_];
        first_ = next_[first_];
        return strand_unblock(strand).has_value();
    }

private:
    static constexpr std::uint32_t END = spin::STRANDS;
    std::array<spin::StrandReference, spin::STRANDS> strands_{};
    std::array<std::uint32_t, spin::STRANDS> next_{};
    std::uint32_t first_ = END;
    std::uint32_t last_ = END;
};

constinit WaitQueue queue{};

void work() {
    queue.wait();
    console_write("woken\n");
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    for (int i = 0; i < 3; ++i)
        TRY(strand_create(quota, work));
    strand_yield();
    while (queue.wake_one())
        strand_yield();
    return {};
}
