// Replacement policies simulated: written from docs/virtual-memory.md, sharing no code with them.
// SPDX-License-Identifier: MIT
//
// A memory of POOL frames, which begins empty, is referred to page by page; the simulation says how
// many faults that gives.
#pragma once

#include <cstdint>
#include <list>
#include <string>

class Replacement {
public:
    // POLICY by its name on the kernel's command line.
    Replacement(std::string policy, std::size_t pool);

    // A reference that must find PAGE: whether it did not, and PAGE had to be loaded.
    bool refer(std::uint64_t page);
    bool is_resident(std::uint64_t page) const;
    // It has POOL frames from now on; what does not fit goes.
    void shrink(std::size_t pool);
    std::uint64_t faults() const { return faults_; }

private:
    struct Resident {
        std::uint64_t page;
        bool accessed;
        unsigned age;
    };
    using Queue = std::list<Resident>; // oldest first

    Queue::iterator choose();
    Queue::iterator choose_clock();
    Queue::iterator choose_lru();
    Queue::iterator choose_mru();

    std::string policy_;
    std::size_t pool_;
    Queue queue_;
    std::uint64_t faults_ = 0;
};
