// Timers in a wheel of slots, each slot a list by indices, turned by a strand.
// SPDX-License-Identifier: MIT
//
// Does: insertion and expiry in constant time, generations so that a stale handle cancels nothing.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace {

constexpr std::size_t SLOTS = 16;
constexpr std::size_t TIMERS = 32;
constexpr std::size_t NONE = TIMERS;

struct Handle {
    std::size_t timer = NONE;
    std::uint32_t generation = 0;
};

struct Timer {
    spin::StrandReference strand{};
    std::size_t next = NONE;
    std::uint32_t generation = 0;
    bool is_used = false;
};

class Wheel {
public:
    constexpr Wheel() { slots_.fill(NONE); }
    std::optional<Handle> add(spin::StrandReference strand, std::size_t steps) {
        for (std::size_t i = 0; i < TIMERS; ++i) {
            if (timers_[i].is_used)
                continue;
            std::size_t& slot = slots_[(now_ + steps) % SLOTS];
            timers_[i] = {strand, slot, timers_[i].generation + 1, true};
            slot = i;
            return Handle{i, timers_[i].generation};
        }
        return std::nullopt;
    }
    bool is_pending(const Handle& handle) const {
        const Timer& timer = timers_[handle.timer];
        return timer.is_used && timer.generation == handle.generation;
    }
    void step() {
        now_ = (now_ + 1) % SLOTS;
        for (std::size_t i = slots_[now_]; i != NONE; i = timers_[i].next) {
            timers_[i].is_used = false;
            static_cast<void>(strand_unblock(timers_[i].strand));
        }
        slots_[now_] = NONE;
    }

private:
    std::array<std::size_t, SLOTS> slots_{};
    std::array<Timer, TIMERS> timers_{};
    std::size_t now_ = 0;
};

constinit Wheel wheel{};

void turn() {
    for (std::size_t i = 0; i < SLOTS; ++i) {
        strand_block_until(strand_deadline_in(1000));
        wheel.step();
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::StrandReference strand = TRY(strand_create(quota, turn));
    const std::optional<Handle> handle = wheel.add(strand, 5);
    return handle && wheel.is_pending(*handle) ? Result<void>() : std::unexpected(Error::too_many);
}
