// A scheduler's policy with levels: who uses up its turns sinks, who waits rises.
// SPDX-License-Identifier: MIT
//
// Does: queues by level as rings in an array, a member for each strand.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>
#include <optional>

namespace {

constexpr std::size_t LEVELS = 4;

struct Member {
    spin::StrandReference strand{};
    std::size_t level = 0;
    std::uint64_t charged = 0;
};

class Ring {
public:
    void put(std::size_t member) { places_[last_++ % places_.size()] = member; }
    std::optional<std::size_t> take() {
        if (first_ == last_)
            return std::nullopt;
        return places_[first_++ % places_.size()];
    }

private:
    std::array<std::size_t, spin::STRANDS + 1> places_{};
    std::size_t first_ = 0;
    std::size_t last_ = 0;
};

class Feedback {
public:
    void ready(spin::StrandReference strand) {
        Member& member = members_[strand.number()];
        member.strand = strand;
        levels_[member.level].put(strand.number());
    }
    void charge(spin::StrandReference strand, std::uint64_t ticks) {
        Member& member = members_[strand.number()];
        const std::uint64_t used = ticks - member.charged;
        member.charged = ticks;
        if (used >= TURN)
            member.level = std::min(member.level + 1, LEVELS - 1);
        else
            member.level = member.level == 0 ? 0 : member.level - 1;
    }
    std::optional<spin::StrandReference> pick() {
        for (Ring& level : levels_)
            if (const std::optional<std::size_t> member = level.take())
                return members_[*member].strand;
        return std::nullopt;
    }

private:
    static constexpr std::uint64_t TURN = 100000;
    std::array<Member, spin::STRANDS> members_{};
    std::array<Ring, LEVELS> levels_{};
};

constinit Feedback feedback{};

void checkpoint(const spin::StrandEvent& event) {
    if (const Result<spin::StrandUse> use = strand_use(event.strand))
        feedback.charge(event.strand, use->ticks);
}
void unblock(const spin::StrandEvent& event) {
    feedback.ready(event.strand);
    if (const auto next = feedback.pick())
        static_cast<void>(scheduler_unblock(*next));
}
void work() { strand_yield(); }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::StrandReference strand = TRY(strand_create(quota, work));
    return strand_install(strand, {.unblock = unblock, .checkpoint = checkpoint});
}
