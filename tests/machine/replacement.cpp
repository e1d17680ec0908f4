// The four policies over a list.
// SPDX-License-Identifier: MIT
#include "replacement.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

Replacement::Replacement(std::string policy, std::size_t pool)
    : policy_(std::move(policy)), pool_(pool) {}

bool Replacement::is_resident(std::uint64_t page) const {
    return std::ranges::any_of(queue_, [&](const Resident& r) { return r.page == page; });
}

bool Replacement::refer(std::uint64_t page) {
    const auto found =
        std::ranges::find_if(queue_, [&](const Resident& r) { return r.page == page; });
    if (found != queue_.end()) {
        found->accessed = true;
        return false;
    }
    if (queue_.size() == pool_)
        queue_.erase(choose());
    queue_.push_back({page, true, 0}); // the access that asked for it comes at once
    ++faults_;
    return true;
}

void Replacement::shrink(std::size_t pool) {
    pool_ = pool;
    while (queue_.size() > pool_)
        queue_.erase(choose());
}

Replacement::Queue::iterator Replacement::choose() {
    if (policy_ == "fifo")
        return queue_.begin();
    if (policy_ == "clock")
        return choose_clock();
    if (policy_ == "lru")
        return choose_lru();
    if (policy_ == "mru")
        return choose_mru();
    throw std::runtime_error("no policy is called " + policy_);
}

// The hand takes away accessed bits until it meets a page without.
Replacement::Queue::iterator Replacement::choose_clock() {
    while (queue_.front().accessed) {
        queue_.front().accessed = false;
        queue_.splice(queue_.end(), queue_, queue_.begin());
    }
    return queue_.begin();
}

// The 8 oldest get a new age each and become the newest, in their order; the smallest age goes, the
// first of equal ones.
Replacement::Queue::iterator Replacement::choose_lru() {
    const std::size_t window = std::min<std::size_t>(8, queue_.size());
    std::vector<Queue::iterator> sampled;
    for (std::size_t i = 0; i < window; ++i) {
        const auto oldest = queue_.begin();
        oldest->age = oldest->age / 2 + (oldest->accessed ? 128 : 0);
        oldest->accessed = false;
        sampled.push_back(oldest);
        queue_.splice(queue_.end(), queue_, oldest);
    }
    return *std::ranges::min_element(sampled, {}, [](auto place) { return place->age; });
}

// The 4 newest are spared and sampled; of the others the newest goes that is not hot. Hot: it was
// accessed between two samplings. Hot ones on the way go to the old end and cool down.
Replacement::Queue::iterator Replacement::choose_mru() {
    enum Age : unsigned { fresh, sampled, hot };
    auto place = queue_.end();
    for (int spared = 0; spared < 4 && place != queue_.begin(); ++spared) {
        --place;
        const bool accessed = std::exchange(place->accessed, false);
        if (place->age == fresh)
            place->age = sampled;
        else if (accessed)
            place->age = hot;
    }
    while (place != queue_.begin()) {
        const auto candidate = std::prev(place);
        if (candidate->age != hot)
            return candidate;
        candidate->age = sampled;
        queue_.splice(queue_.begin(), queue_, candidate);
    }
    return queue_.begin();
}
