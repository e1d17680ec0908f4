// services/vm placed over a Machine, and a processor that uses it.
// SPDX-License-Identifier: MIT
#pragma once

#include "services/vm/memory.hpp"
#include "tests/vm/world.hpp"

#include <memory>

struct Sizes {
    std::size_t frames = 32;
    std::size_t slots = 0;
    std::size_t spaces = 4;
    std::size_t nodes = 64;
    vm::Configuration configuration{};
    bool batches = false; // changes of translations are collected
};

// What a service that stands in the memory of one environment keeps there, and what the machine
// keeps for that environment: its page tables and its part of the swap device.
struct Section {
    vm::Memory memory;
    std::vector<vm::Space> spaces;
    std::vector<vm::Record> nodes;
    std::vector<vm::FrameRecord> records;
    std::vector<std::uint32_t> buckets;
    std::vector<vm::SlotRecord> slots;
    std::map<Machine::Place, Translation> tables;
    std::vector<PageOfBytes> swap;
};

class System {
public:
    explicit System(const Sizes& sizes);

    Machine machine;
    std::unique_ptr<vm::Memory> memory = std::make_unique<vm::Memory>();

    // An access by a program: mends faults as a kernel does, notes A and D as the machine does.
    // The value is the page as the program sees it.
    Result<PageOfBytes*> access(vm::SpaceId space, Page page, Access access);
    // A word of the page at WORD * 8.
    Result<std::uint64_t> load(vm::SpaceId space, Page page, std::size_t word = 0);
    Result<void> store(vm::SpaceId space, Page page, std::uint64_t value, std::size_t word = 0);

    // As a kernel does it: the page table goes with the space.
    Result<void> destroy(vm::SpaceId space);

    // The environment that runs, as bytes; and another one takes its place, at the same addresses.
    // Frames and files are the machine's, and stay.
    Section section() const;
    void enter(const Section& section);

    // How the last fault was supplied, and how many there were.
    vm::Supply supply{};
    std::uint64_t faults = 0;

    // All is back: as after set_up.
    bool is_empty() const;

private:
    Result<void> mend(vm::SpaceId space, Page page, Access access);

    std::vector<vm::Space> spaces_;
    std::vector<vm::Record> nodes_;
    std::vector<vm::FrameRecord> records_;
    std::vector<std::uint32_t> buckets_;
    std::vector<vm::SlotRecord> slots_;
};

// Pages as the tests name them: number N, away from the null page.
inline Page page_at(std::uint64_t n) { return Page(0x10000 + n); }

inline vm::Region anonymous(std::uint64_t first, std::uint64_t end,
                            Rights rights = Rights::read_write()) {
    return {.first = page_at(first), .end = page_at(end), .rights = rights};
}
