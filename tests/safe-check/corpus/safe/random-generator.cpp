// A generator of numbers whose state the constructor sets.
// SPDX-License-Identifier: MIT
//
// Does: a member that gets its first value from the constructor's list and not where it stands.
#include "kernels/spin/interface/extension.hpp"

namespace {

class Random {
public:
    explicit constexpr Random(std::uint64_t seed) : state_(seed | 1) {}
    constexpr std::uint64_t next() {
        state_ = state_ * 6364136223846793005 + 1442695040888963407;
        return state_ >> 33;
    }

private:
    std::uint64_t state_;
};

constinit Random random(2026);

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    return random.next() % 2 == 0 ? Result<void>() : std::unexpected(Error::would_block);
}
