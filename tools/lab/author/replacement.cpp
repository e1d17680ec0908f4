// The policies over a list.
// SPDX-License-Identifier: MIT
#include "replacement.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace lab {

Replacement::Replacement(std::string policy, std::size_t pool)
    : policy_(std::move(policy)), pool_(pool) {}

Replacement::Replacement(std::string policy, Queue queue)
    : policy_(std::move(policy)), pool_(queue.size()), queue_(std::move(queue)) {}

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
        evict();
    queue_.push_back({page, true, 0}); // the access that asked for it comes at once
    ++faults_;
    return true;
}

void Replacement::shrink(std::size_t pool) {
    pool_ = pool;
    while (queue_.size() > pool_)
        evict();
}

void Replacement::evict() {
    const auto victim = choose();
    victims_.push_back(victim->page);
    queue_.erase(victim);
}

std::optional<std::uint64_t> Replacement::choose_victim(std::optional<std::uint64_t> kept) {
    kept_ = kept;
    const bool possible =
        std::ranges::any_of(queue_, [&](const Resident& r) { return !is_kept(r); });
    const auto victim = queue_.empty() ? queue_.end() : choose();
    kept_.reset();
    return possible ? std::optional(victim->page) : std::nullopt;
}

Replacement::Queue::iterator Replacement::choose() {
    if (policy_ == "fifo")
        return choose_fifo();
    if (policy_ == "clock")
        return choose_clock();
    if (policy_ == "lru")
        return choose_lru();
    if (policy_ == "mru")
        return choose_mru();
    if (policy_ == "own")
        return choose_own();
    throw std::runtime_error("no policy is called " + policy_);
}

Replacement::Queue::iterator Replacement::choose_fifo() {
    return std::ranges::find_if(queue_, [&](const Resident& r) { return !is_kept(r); });
}

// The hand takes away accessed bits until it meets a page without, or has been round once.
Replacement::Queue::iterator Replacement::choose_clock() {
    for (std::size_t round = queue_.size(); round != 0; --round) {
        Resident& oldest = queue_.front();
        if (!is_kept(oldest) && !std::exchange(oldest.accessed, false))
            return queue_.begin();
        queue_.splice(queue_.end(), queue_, queue_.begin());
    }
    return choose_fifo();
}

// The 8 oldest get a new age each and become the newest, in their order; the smallest age goes, the
// first of equal ones.
Replacement::Queue::iterator Replacement::choose_lru() {
    auto victim = queue_.end();
    for (std::size_t left = std::min<std::size_t>(8, queue_.size()); left != 0; --left) {
        const auto oldest = queue_.begin();
        oldest->age = oldest->age / 2 + (std::exchange(oldest->accessed, false) ? 128 : 0);
        if (!is_kept(*oldest) && (victim == queue_.end() || oldest->age < victim->age))
            victim = oldest;
        queue_.splice(queue_.end(), queue_, oldest);
    }
    return victim;
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
        if (candidate->age != hot && !is_kept(*candidate))
            return candidate;
        if (candidate->age != hot) {
            place = candidate;
            continue;
        }
        candidate->age = sampled;
        queue_.splice(queue_.begin(), queue_, candidate);
    }
    return choose_fifo();
}

// As services/vm/policies/own.hpp says: who came since the last choice forgets why; then the clock.
Replacement::Queue::iterator Replacement::choose_own() {
    for (auto place = queue_.rbegin(); place != queue_.rend() && place->age == 0; ++place) {
        place->age = 1;
        place->accessed = place->accessed && is_kept(*place);
    }
    return choose_clock();
}

} // namespace lab
