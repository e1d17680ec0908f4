// Builds a query of lab 2 and the right answers to it, step by step.
// SPDX-License-Identifier: MIT
//
// Next: fault_cases.cpp.
#pragma once

#include "case.hpp"
#include "cases.hpp"

#include "abi/lab_fault.hpp"

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace lab::fault {

using fault_lab::Reply;
using fault_lab::Step;

// As the guest numbers them (lib/fault.hpp, services/vm/resolution.hpp).
inline constexpr std::uint64_t LOAD = 1, STORE = 2, FETCH = 4;
inline constexpr std::uint64_t NO_RIGHTS = 0, R = 1, RW = 3, RX = 5, RWX = 7;
inline constexpr std::uint64_t ZERO = 0, COPY = 1, PRESENT = 4, REUSE = 5;
// Flags of an entry.
inline constexpr std::uint64_t VALID = 1, USER = 16, ACCESSED = 64, DIRTY = 128;

constexpr std::uint64_t address_of(std::uint64_t page) { return page * 4096; }
constexpr std::uint64_t word_of(Reply reply) { return static_cast<std::uint64_t>(reply); }
// What the machine would leave in an entry after ACCESS.
constexpr std::uint64_t used(std::uint64_t rights, std::uint64_t access) {
    return VALID | rights << 1 | USER | ACCESSED | (access == STORE ? DIRTY : 0);
}

class Query {
public:
    void step(Step step, std::initializer_list<std::uint64_t> arguments = {},
              std::initializer_list<std::uint64_t> answers = {}) {
        made_.query.push_back(static_cast<std::uint64_t>(step));
        made_.query.insert(made_.query.end(), arguments);
        made_.expect.insert(made_.expect.end(), answers);
    }
    // fault_install, which is watched.
    void installs(std::uint64_t space, std::uint64_t page, std::uint64_t rights,
                  std::uint64_t access) {
        step(Step::install, {space, page, rights, access}, {0, used(rights, access), 1});
        made_.fences.push_back({(rights & 4) != 0 ? DueFence::Kind::code : DueFence::Kind::page});
    }

    // fault_resolve: of a page that has the SUPPLY, or an error.
    void resolves(std::uint64_t space, std::uint64_t access, std::uint64_t address,
                  std::uint64_t rights, std::uint64_t supply) {
        step(Step::resolve, {space, access, address}, {0, address / 4096, rights, supply});
    }
    void refuses(std::uint64_t space, std::uint64_t access, std::uint64_t address, Reply why) {
        step(Step::resolve, {space, access, address}, {word_of(why), 0, 0, 0});
    }
    // A first touch by ACCESS, all three stages, then the rig's install: the RESIDENT-th frame.
    void touches(std::uint64_t space, std::uint64_t access, std::uint64_t page,
                 std::uint64_t rights, std::uint64_t resident) {
        resolves(space, access, address_of(page), rights, ZERO);
        step(Step::frame, {}, {0, 1, resident});
        step(Step::fill, {}, {0});
        step(Step::place);
    }
    // A store that gets a copy.
    void copies(std::uint64_t space, std::uint64_t page, std::uint64_t rights,
                std::uint64_t resident) {
        resolves(space, STORE, address_of(page), rights, COPY);
        step(Step::frame, {}, {0, 1, resident});
        step(Step::fill, {}, {0});
        step(Step::place);
    }
    // A store or load whose page is there already.
    void keeps(std::uint64_t space, std::uint64_t access, std::uint64_t page, std::uint64_t rights,
               std::uint64_t supply, std::uint64_t resident) {
        resolves(space, access, address_of(page), rights, supply);
        step(Step::frame, {}, {0, 0, resident});
        step(Step::fill, {}, {0});
        step(Step::place);
    }
    void region(std::uint64_t space, std::uint64_t page, std::uint64_t pages,
                std::uint64_t rights) {
        step(Step::region, {space, page, pages, rights});
    }
    void pokes(std::uint64_t space, std::uint64_t page, std::uint64_t word) {
        step(Step::poke, {space, page, word});
    }
    void peeks(std::uint64_t space, std::uint64_t page, std::uint64_t word) {
        step(Step::peek, {space, page}, {word});
    }
    void flags(std::uint64_t space, std::uint64_t page, std::uint64_t flags) {
        step(Step::flags, {space, page}, {flags});
    }
    void same(std::uint64_t one, std::uint64_t other, std::uint64_t page, bool yes) {
        step(Step::same, {one, other, page}, {yes ? 1U : 0U});
    }

    RigCase take() { return std::move(made_); }

private:
    RigCase made_;
};

// The same numbers from the same seed, whatever the library.
class Numbers {
public:
    explicit Numbers(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }
    std::uint64_t word() { return engine_(); }
    // A page that a program may have, with room for a few hundred behind it: 64 KiB to 2 GiB.
    std::uint64_t page() { return 1024 + below((1 << 19) - 4096); }
    // The first page of a window of 64, which share a node of records.
    std::uint64_t window() { return page() / 64 * 64; }

private:
    std::mt19937_64 engine_;
};

class Cases {
public:
    Cases(std::uint64_t seed, Shown what) : numbers(seed), shown(what) {}

    // How often a part is asked that is shown so many times.
    unsigned times(unsigned visible) const { return shown == Shown::visible ? visible : 3; }
    void add(Case made) {
        made.hidden = shown == Shown::hidden;
        made_.push_back(std::move(made));
    }
    // DEBUG: the GDB command that stops where it matters.
    void add(const std::string& task, const std::string& part, Query& query,
             const std::string& words, const std::string& hint, const std::string& debug);
    std::vector<Case> take() { return std::move(made_); }

    Numbers numbers;
    Shown shown;

private:
    std::vector<Case> made_;
};

// fault_copy_cases.cpp
void copy_cases(Cases& cases);
// fault_kernel_cases.cpp
void kernel_cases(Cases& cases);

} // namespace lab::fault
