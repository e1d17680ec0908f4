// Queries of lab 3's rig, and the right answers to them.
// SPDX-License-Identifier: MIT
#include "replacement_query.hpp"

#include "replacement.hpp"

#include <set>
#include <stdexcept>

namespace lab::replacement {

using namespace replacement_lab;

static std::uint64_t number_of(Ask ask) { return static_cast<std::uint64_t>(ask); }

static std::uint64_t number_of(const std::string& policy) {
    constexpr const char* NAMES[] = {"fifo", "clock", "lru", "own"};
    for (std::uint64_t i = 0; i < std::size(NAMES); ++i)
        if (policy == NAMES[i])
            return i;
    throw std::runtime_error("the rig knows no policy " + policy);
}

Drawing drawn(Numbers& numbers, std::uint64_t count) {
    Drawing drawing{.frames = {}};
    std::set<std::uint64_t> taken;
    while (drawing.frames.size() < count) {
        const std::uint64_t number = numbers.below(250);
        if (taken.insert(number).second)
            drawing.frames.push_back({.number = number,
                                      .accessed = numbers.below(2) == 0,
                                      .age = static_cast<std::uint8_t>(numbers.below(256))});
    }
    return drawing;
}

RigCase choice(const std::string& policy, const Drawing& queue) {
    RigCase made{.query = {number_of(Ask::choose), number_of(policy), queue.kept}};
    Replacement::Queue residents;
    for (const Frame& frame : queue.frames) {
        made.query.push_back(frame.word());
        residents.push_back({frame.number, frame.accessed, frame.age});
    }
    Replacement memory(policy, residents);
    const auto victim = memory.choose_victim(queue.kept);
    made.expect = {0, victim.value_or(NOBODY)};
    for (const auto& left : memory.queue())
        if (left.page != victim)
            made.expect.push_back(
                Frame{left.page, left.accessed, static_cast<std::uint8_t>(left.age)}.word());
    return made;
}

static void append_packed(std::vector<std::uint64_t>& words, const Pages& pages) {
    for (std::uint64_t i = 0; i < pages.size(); ++i) {
        if (i % PACKED == 0)
            words.push_back(0);
        words.back() |= pages[i] << 8 * (i % PACKED);
    }
}

RigCase played(const std::string& policy, const Trace& trace) {
    RigCase made{
        .query = {number_of(Ask::play), number_of(policy), trace.pool, trace.pages.size()}};
    append_packed(made.query, trace.pages);
    Replacement memory(policy, trace.pool);
    for (const std::uint64_t page : trace.pages)
        memory.refer(page);
    made.expect = {0, memory.faults(), memory.victims().size()};
    append_packed(made.expect, memory.victims());
    return made;
}

RigCase walk_query(const std::string& policy, const Scan& scan) {
    return {.query = {number_of(Ask::walk), number_of(policy), scan.pool, scan.walk.state,
                      scan.walk.hot, scan.walk.once, scan.walk.count},
            .expect = {0}};
}

} // namespace lab::replacement
