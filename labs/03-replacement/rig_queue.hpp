// A queue of resident frames over an array, which holds a policy to the rules.
// SPDX-License-Identifier: MIT
//
// The same interface as a kernel's (services/vm/policies/queue.hpp). What a kernel could not
// survive ends the choice instead.
#pragma once

#include "rig.hpp"

#include "abi/lab_replacement.hpp"
#include "services/vm/policies/queue.hpp"

#include <array>

class RigQueue {
public:
    static constexpr std::uint64_t FRAMES = 256;

    explicit RigQueue(rig::Query& query) : query_(query) { links_[FRAMES] = {}; }

    // What policies see. The end, in both directions, is ring().
    vm::FrameIndex ring() const { return vm::FrameIndex(FRAMES); }
    vm::FrameIndex oldest() { return newer(ring()); }
    vm::FrameIndex newest() { return older(ring()); }
    vm::FrameIndex newer(vm::FrameIndex frame) {
        return vm::FrameIndex(links_[look(frame, FRAMES)].newer);
    }
    vm::FrameIndex older(vm::FrameIndex frame) {
        return vm::FrameIndex(links_[look(frame, FRAMES)].older);
    }
    void move_to_newest(vm::FrameIndex frame) {
        const std::uint64_t number = resident(frame);
        unlink(number);
        link(number, links_[FRAMES].older, FRAMES);
    }
    void move_to_oldest(vm::FrameIndex frame) {
        const std::uint64_t number = resident(frame);
        unlink(number);
        link(number, FRAMES, links_[FRAMES].newer);
    }
    bool test_and_clear_accessed(vm::FrameIndex frame) {
        const std::uint64_t number = resident(frame);
        const bool accessed = accessed_[number];
        accessed_[number] = false;
        return accessed;
    }
    std::uint8_t age(vm::FrameIndex frame) { return ages_[resident(frame)]; }
    void set_age(vm::FrameIndex frame, std::uint8_t age) { ages_[resident(frame)] = age; }
    bool is_kept(vm::FrameIndex frame) {
        look(frame, FRAMES);
        return frame.raw() == kept_;
    }

    // What the rig does with it.
    void append(const replacement_lab::Frame& frame) {
        accessed_[frame.number] = frame.accessed;
        ages_[frame.number] = frame.age;
        is_resident_[frame.number] = true;
        ++size_;
        link(frame.number, links_[FRAMES].older, FRAMES);
    }
    void remove(std::uint64_t number) {
        unlink(number);
        is_resident_[number] = false;
        --size_;
    }
    void access(std::uint64_t number) { accessed_[number] = true; }
    void keep(std::uint64_t number) { kept_ = number; }
    void begin_choice() { steps_ = 0; }
    bool has(std::uint64_t number) const { return number < FRAMES && is_resident_[number]; }
    bool is_kept(std::uint64_t number) const { return number == kept_; }
    std::uint64_t size() const { return size_; }
    // Whether anybody could go.
    bool has_candidate() const { return size_ > (has(kept_) ? 1 : 0); }
    // Calls USE with each frame, oldest first.
    template <class Use>
    void each(Use use) const {
        for (std::uint64_t at = links_[FRAMES].newer; at != FRAMES; at = links_[at].newer)
            use(replacement_lab::Frame{at, accessed_[at], ages_[at]});
    }

    [[noreturn]] void stop(replacement_lab::Trouble trouble) {
        query_.answers[0] = static_cast<std::uint64_t>(trouble);
        query_.answer_count = 1;
        give_up();
    }

private:
    using Trouble = replacement_lab::Trouble;
    struct Links {
        std::uint16_t newer = FRAMES;
        std::uint16_t older = FRAMES;
    };

    // The number of a frame that may be looked at: a resident one, or `end`.
    std::uint64_t look(vm::FrameIndex frame, std::uint64_t end) {
        if (++steps_ > replacement_lab::MOST_STEPS)
            stop(Trouble::never_ends);
        if (frame.raw() != end && !has(frame.raw()))
            stop(Trouble::not_resident);
        return frame.raw();
    }
    std::uint64_t resident(vm::FrameIndex frame) {
        if (frame == ring())
            stop(Trouble::not_resident);
        return look(frame, FRAMES);
    }
    void link(std::uint64_t number, std::uint64_t older, std::uint64_t newer) {
        const auto small = [](std::uint64_t which) { return static_cast<std::uint16_t>(which); };
        links_[number] = {.newer = small(newer), .older = small(older)};
        links_[older].newer = small(number);
        links_[newer].older = small(number);
    }
    void unlink(std::uint64_t number) {
        links_[links_[number].older].newer = links_[number].newer;
        links_[links_[number].newer].older = links_[number].older;
    }

    rig::Query& query_;
    std::array<bool, FRAMES> accessed_{};
    std::array<std::uint8_t, FRAMES> ages_{};
    std::array<bool, FRAMES> is_resident_{};
    std::array<Links, FRAMES + 1> links_{};
    std::uint64_t kept_ = replacement_lab::NOBODY;
    std::uint64_t size_ = 0;
    std::uint64_t steps_ = 0;
};
static_assert(vm::ResidentQueue<RigQueue>);
