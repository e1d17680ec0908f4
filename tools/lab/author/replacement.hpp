// Replacement policies simulated: written from docs/virtual-memory.md, sharing no code with them.
// SPDX-License-Identifier: MIT
//
// A memory of POOL frames, which begins empty, is referred to page by page; the simulation says how
// many faults that gives, and who goes. Lab 3's cases are made with it, and the whole machine's
// faults are held against it (tests/machine/policy_test.cpp). No kit has it.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lab {

class Replacement {
public:
    struct Resident {
        std::uint64_t page;
        bool accessed;
        unsigned age;
        bool operator==(const Resident&) const = default;
    };
    using Queue = std::list<Resident>; // oldest first

    // POLICY by its name on the kernel's command line.
    Replacement(std::string policy, std::size_t pool);
    // A full memory as it might be: a single choice is what is asked.
    Replacement(std::string policy, Queue queue);

    // A reference that must find PAGE: whether it did not, and PAGE had to be loaded.
    bool refer(std::uint64_t page);
    bool is_resident(std::uint64_t page) const;
    // It has POOL frames from now on; what does not fit goes.
    void shrink(std::size_t pool);
    // Who goes is chosen by POLICY from now on.
    void take_policy(std::string policy) { policy_ = std::move(policy); }
    // Who would go, with KEPT copied from; the queue is as the choice leaves it, the victim in it.
    // Nothing: nobody can.
    std::optional<std::uint64_t> choose_victim(std::optional<std::uint64_t> kept);

    std::uint64_t faults() const { return faults_; }
    const std::vector<std::uint64_t>& victims() const { return victims_; } // in order
    const Queue& queue() const { return queue_; }

private:
    Queue::iterator choose();
    Queue::iterator choose_fifo();
    Queue::iterator choose_clock();
    Queue::iterator choose_lru();
    Queue::iterator choose_mru();
    Queue::iterator choose_own();
    bool is_kept(const Resident& resident) const { return resident.page == kept_; }
    void evict();

    std::string policy_;
    std::size_t pool_;
    Queue queue_{};
    std::optional<std::uint64_t> kept_{};
    std::uint64_t faults_ = 0;
    std::vector<std::uint64_t> victims_{};
};

} // namespace lab
