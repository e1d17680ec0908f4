// A memory of a few frames on the host, for your policies to choose in.
// SPDX-License-Identifier: MIT
//
// Here a frame has the number of the page that it holds, which a policy must not rely on: in the
// kernel, and in the lab's rig, it has not.
#pragma once

#include "services/vm/policies/clock.hpp"
#include "services/vm/policies/fifo.hpp"
#include "services/vm/policies/lru.hpp"
#include "services/vm/policies/own.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

struct Resident {
    std::uint64_t page;
    bool accessed = true; // by the access that loaded it
    std::uint8_t age = 0;
};

// What a policy sees (services/vm/policies/queue.hpp), as a vector, oldest first.
class Queue {
public:
    std::vector<Resident> residents{};
    std::uint64_t kept = NOBODY;

    vm::FrameIndex ring() const { return vm::FrameIndex(NOBODY); }
    vm::FrameIndex oldest() const { return at(0); }
    vm::FrameIndex newest() const { return at(residents.size() - 1); }
    // Behind the newest stands ring(), and behind ring() the oldest.
    vm::FrameIndex newer(vm::FrameIndex frame) const {
        return frame == ring() ? oldest() : at(place(frame) + 1);
    }
    vm::FrameIndex older(vm::FrameIndex frame) const {
        return frame == ring() ? newest() : at(place(frame) - 1);
    }
    void move_to_newest(vm::FrameIndex frame) {
        const auto from = residents.begin() + static_cast<std::ptrdiff_t>(place(frame));
        std::rotate(from, from + 1, residents.end());
    }
    void move_to_oldest(vm::FrameIndex frame) {
        const auto from = residents.begin() + static_cast<std::ptrdiff_t>(place(frame));
        std::rotate(residents.begin(), from, from + 1);
    }
    bool test_and_clear_accessed(vm::FrameIndex frame) {
        return std::exchange(residents[place(frame)].accessed, false);
    }
    std::uint8_t age(vm::FrameIndex frame) const { return residents[place(frame)].age; }
    void set_age(vm::FrameIndex frame, std::uint8_t age) { residents[place(frame)].age = age; }
    bool is_kept(vm::FrameIndex frame) const { return frame.raw() == kept && kept != NOBODY; }

    bool has(std::uint64_t page) const {
        return std::ranges::count(residents, page, &Resident::page) != 0;
    }
    std::size_t place(vm::FrameIndex frame) const {
        const auto found = std::ranges::find(residents, frame.raw(), &Resident::page);
        if (found == residents.end())
            throw std::out_of_range("a policy looked at a frame that is not in the queue");
        return static_cast<std::size_t>(found - residents.begin());
    }

private:
    static constexpr std::uint64_t NOBODY = 1'000'000;
    vm::FrameIndex at(std::size_t index) const {
        return index < residents.size() ? vm::FrameIndex(residents[index].page) : ring();
    }
};
static_assert(vm::ResidentQueue<Queue>);

using Choose = vm::FrameIndex (*)(Queue&);
inline constexpr Choose FIFO = vm::fifo::choose<Queue>;
inline constexpr Choose CLOCK = vm::clock::choose<Queue>;
inline constexpr Choose LRU = vm::lru::choose<Queue>;
inline constexpr Choose OWN = vm::own::choose<Queue>;

struct Outcome {
    std::uint64_t faults = 0;
    std::vector<std::uint64_t> victims{}; // in order
};

// Refers to PAGES with so many FRAMES.
inline Outcome play(const std::vector<std::uint64_t>& pages, std::size_t frames, Choose choose) {
    Queue queue;
    Outcome outcome;
    for (const std::uint64_t page : pages) {
        if (queue.has(page)) {
            queue.residents[queue.place(vm::FrameIndex(page))].accessed = true;
            continue;
        }
        ++outcome.faults;
        if (queue.residents.size() == frames) {
            const vm::FrameIndex victim = choose(queue);
            outcome.victims.push_back(victim.raw());
            queue.residents.erase(queue.residents.begin() +
                                  static_cast<std::ptrdiff_t>(queue.place(victim)));
        }
        queue.residents.push_back({page});
    }
    return outcome;
}
