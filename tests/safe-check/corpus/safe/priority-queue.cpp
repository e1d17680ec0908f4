// A binary heap of deadlines, by indices.
// SPDX-License-Identifier: MIT
//
// Does: sifting up and down with std::swap, a template over the element, an optional result.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>
#include <optional>
#include <utility>

namespace {

struct Alarm {
    std::uint64_t deadline = 0;
    spin::StrandReference strand{};
    constexpr bool is_before(const Alarm& other) const { return deadline < other.deadline; }
};

template <class T, std::size_t MOST>
class Heap {
public:
    bool push(const T& value) {
        if (count_ == MOST)
            return false;
        std::size_t place = count_++;
        items_[place] = value;
        while (place != 0 && items_[place].is_before(items_[(place - 1) / 2])) {
            std::swap(items_[place], items_[(place - 1) / 2]);
            place = (place - 1) / 2;
        }
        return true;
    }
    std::optional<T> pop() {
        if (count_ == 0)
            return std::nullopt;
        const T first = items_[0];
        items_[0] = items_[--count_];
        sift_down(0);
        return first;
    }

private:
    void sift_down(std::size_t place) {
        for (std::size_t child = 2 * place + 1; child < count_; child = 2 * place + 1) {
            if (child + 1 < count_ && items_[child + 1].is_before(items_[child]))
                ++child;
            if (!items_[child].is_before(items_[place]))
                return;
            std::swap(items_[place], items_[child]);
            place = child;
        }
    }
    std::array<T, MOST> items_{};
    std::size_t count_ = 0;
};

constinit Heap<Alarm, 32> alarms{};

void serve() {
    while (const std::optional<Alarm> alarm = alarms.pop()) {
        strand_block_until(alarm->deadline);
        static_cast<void>(strand_unblock(alarm->strand));
    }
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    for (std::uint64_t i = 8; i != 0; --i)
        alarms.push({strand_deadline_in(i * 1000), strand_self()});
    TRY(strand_create(quota, serve));
    return {};
}
