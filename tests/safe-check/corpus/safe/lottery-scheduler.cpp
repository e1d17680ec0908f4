// A policy that draws lots among strands that are ready.
// SPDX-License-Identifier: MIT
//
// Does: tickets in a table, a generator of one's own, a walk over shares.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"

#include <array>
#include <optional>

namespace {

class Random {
public:
    explicit constexpr Random(std::uint64_t seed) : state_(seed) {}
    constexpr std::uint64_t below(std::uint64_t limit) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return limit == 0 ? 0 : state_ % limit;
    }

private:
    std::uint64_t state_ = 1;
};

struct Player {
    spin::StrandReference strand{};
    std::uint64_t tickets = 0;
    bool is_ready = false;
};

struct Lottery {
    std::array<Player, spin::STRANDS> players{};
    Random random{88172645463325252};

    std::uint64_t all() const {
        std::uint64_t sum = 0;
        for (const Player& player : players)
            sum += player.is_ready ? player.tickets : 0;
        return sum;
    }
    std::optional<spin::StrandReference> draw() {
        std::uint64_t lot = random.below(all());
        for (const Player& player : players) {
            if (!player.is_ready)
                continue;
            if (lot < player.tickets)
                return player.strand;
            lot -= player.tickets;
        }
        return std::nullopt;
    }
};
constinit Lottery lottery{};

void block(const spin::StrandEvent& event) {
    lottery.players[event.strand.number()].is_ready = false;
    static_cast<void>(scheduler_block(event.strand));
}
void unblock(const spin::StrandEvent& event) {
    lottery.players[event.strand.number()] = {event.strand, 10, true};
    if (const std::optional<spin::StrandReference> winner = lottery.draw())
        static_cast<void>(scheduler_unblock(*winner));
}

void work() { strand_yield(); }

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::StrandReference strand = TRY(strand_create(quota, work));
    return strand_install(strand, {.block = block, .unblock = unblock});
}
