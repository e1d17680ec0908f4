// A counting semaphore over strands, and a bounded buffer between two of them.
// SPDX-License-Identifier: MIT
//
// Does: waits in a loop, wakes by reference, the order of the two counts is kept.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>

namespace {

class Semaphore {
public:
    explicit constexpr Semaphore(std::uint64_t count) : count_(count) {}
    void down() {
        while (count_ == 0) {
            waiters_[waiting_++ % waiters_.size()] = strand_self();
            static_cast<void>(strand_block(strand_self())); // it runs
        }
        count_ -= 1;
    }
    void up() {
        count_ += 1;
        if (woken_ != waiting_)
            static_cast<void>(strand_unblock(waiters_[woken_++ % waiters_.size()]));
    }

private:
    std::uint64_t count_ = 0;
    std::array<spin::StrandReference, spin::STRANDS> waiters_{};
    std::size_t waiting_ = 0;
    std::size_t woken_ = 0;
};

struct Buffer {
    std::array<std::uint64_t, 4> items{};
    std::size_t put = 0;
    std::size_t taken = 0;
    Semaphore room{4};
    Semaphore filled{0};
};
constinit Buffer buffer{};

void produce() {
    for (std::uint64_t i = 0; i < 100; ++i) {
        buffer.room.down();
        buffer.items[buffer.put++ % buffer.items.size()] = i;
        buffer.filled.up();
    }
}

void consume() {
    std::uint64_t sum = 0;
    for (int i = 0; i < 100; ++i) {
        buffer.filled.down();
        sum += buffer.items[buffer.taken++ % buffer.items.size()];
        buffer.room.up();
    }
    console_write(sum == 4950 ? std::string_view("whole\n") : std::string_view("lost\n"));
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    TRY(strand_create(quota, produce));
    TRY(strand_create(quota, consume));
    return {};
}
