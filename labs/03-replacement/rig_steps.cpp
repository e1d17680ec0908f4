// Lets a policy choose: once, in a queue that the query draws, or as often as a memory needs it.
// SPDX-License-Identifier: MIT
//
// Before: rig.cpp. Frames of the memory are given out in an order that says nothing about pages, so
// that a policy sees what it would see in a kernel: who came first, and who was used.
#include "rig_queue.hpp"

#include "services/vm/policies/clock.hpp"
#include "services/vm/policies/fifo.hpp"
#include "services/vm/policies/lru.hpp"
#include "services/vm/policies/own.hpp"

namespace {

using namespace replacement_lab;

constexpr std::uint16_t NONE = 0xffff;

vm::FrameIndex choose_by(Policy policy, RigQueue& queue) {
    switch (policy) {
    case Policy::fifo:
        return vm::fifo::choose(queue);
    case Policy::clock:
        return vm::clock::choose(queue);
    case Policy::lru:
        return vm::lru::choose(queue);
    case Policy::own:
        return vm::own::choose(queue);
    }
    return queue.ring();
}

// Whom POLICY chooses, held against what any policy must keep to.
std::uint64_t choose_soundly(Policy policy, RigQueue& queue) {
    queue.begin_choice();
    const bool possible = queue.has_candidate();
    const vm::FrameIndex victim = choose_by(policy, queue);
    if (victim == queue.ring()) {
        if (possible)
            queue.stop(Trouble::chose_nobody);
        return NOBODY;
    }
    if (!queue.has(victim.raw()))
        queue.stop(Trouble::chose_no_frame);
    if (queue.is_kept(victim.raw()))
        queue.stop(possible ? Trouble::chose_kept : Trouble::chose_in_vain);
    return victim.raw();
}

void choose_once(rig::Query& query, Policy policy) {
    RigQueue queue(query);
    queue.keep(query.arguments[2]);
    for (std::uint64_t i = 3; i < query.argument_count; ++i)
        queue.append(Frame::of(query.arguments[i]));
    const std::uint64_t victim = choose_soundly(policy, queue);
    if (victim != NOBODY)
        queue.remove(victim);
    query.answers[0] = static_cast<std::uint64_t>(Trouble::none);
    query.answers[1] = victim;
    query.answer_count = 2;
    queue.each([&](const Frame& frame) { query.answers[query.answer_count++] = frame.word(); });
}

// Which page each frame holds, and the other way round.
struct Memory {
    static constexpr std::uint64_t PAGES = 512;
    RigQueue queue;
    std::uint64_t pool;
    std::array<std::uint16_t, PAGES> frame_of{};
    std::array<std::uint16_t, RigQueue::FRAMES> page_of{};

    Memory(rig::Query& query, std::uint64_t frames) : queue(query), pool(frames) {
        frame_of.fill(NONE);
        page_of.fill(NONE);
    }
    void put(std::uint64_t page, std::uint64_t frame) {
        frame_of[page] = static_cast<std::uint16_t>(frame);
        page_of[frame] = static_cast<std::uint16_t>(page);
        queue.append({.number = frame, .accessed = true, .age = 0});
    }
    // The page that FRAME held.
    std::uint64_t empty(std::uint64_t frame) {
        const std::uint64_t page = page_of[frame];
        frame_of[page] = NONE;
        queue.remove(frame);
        return page;
    }
};

// 0, 1, 2, ... in an order that a multiplication by an odd number makes.
std::uint64_t scattered(std::uint64_t number) { return (number * 167 + 91) % RigQueue::FRAMES; }

std::uint64_t packed(const rig::Query& query, std::uint64_t index) {
    return query.arguments[4 + index / PACKED] >> 8 * (index % PACKED) & 0xff;
}

void add_victim(rig::Query& query, std::uint64_t page) {
    if (static_cast<Ask>(query.arguments[0]) != Ask::play)
        return;
    const std::uint64_t index = query.answers[2]++;
    const std::uint64_t word = 3 + index / PACKED;
    if (word >= rig::WORDS)
        return;
    query.answers[word] |= page << 8 * (index % PACKED);
    query.answer_count = word + 1;
}

// One reference. The query's answers are counted up.
void refer(rig::Query& query, Policy policy, Memory& memory, std::uint64_t page) {
    if (memory.frame_of[page] != NONE)
        return memory.queue.access(memory.frame_of[page]);
    ++query.answers[1];
    std::uint64_t frame = scattered(memory.queue.size());
    if (memory.queue.size() == memory.pool) {
        frame = choose_soundly(policy, memory.queue);
        add_victim(query, memory.empty(frame));
    }
    memory.put(page, frame);
}

void play(rig::Query& query, Policy policy) {
    Memory memory(query, query.arguments[2]);
    query.answer_count = 3;
    for (std::uint64_t i = 0; i < query.arguments[3]; ++i)
        refer(query, policy, memory, packed(query, i));
}

void walk(rig::Query& query, Policy policy) {
    Memory memory(query, query.arguments[2]);
    Walk walk{.state = query.arguments[3],
              .hot = query.arguments[4],
              .once = query.arguments[5],
              .count = query.arguments[6]};
    query.answer_count = 2;
    for (std::uint64_t i = 0; i < walk.count; ++i)
        refer(query, policy, memory, walk.next());
}

} // namespace

void take_steps(rig::Query& query) {
    const auto policy = static_cast<Policy>(query.arguments[1]);
    switch (static_cast<Ask>(query.arguments[0])) {
    case Ask::choose:
        return choose_once(query, policy);
    case Ask::play:
        return play(query, policy);
    case Ask::walk:
        return walk(query, policy);
    }
}
