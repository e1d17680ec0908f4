// Where instructions start in a text, and where something leads: two bits for each halfword.
// SPDX-License-Identifier: MIT
//
// The object check (check.cpp, sweep.cpp) meets both in any order, and compares them at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace link {

class Marks {
public:
    // How many words a text of BYTES bytes takes.
    static constexpr std::uint64_t words_for(std::uint64_t bytes) { return 2 * half_for(bytes); }

    // Of a text of BYTES bytes, in ROOM: words_for(BYTES) words, all zero.
    Marks(std::uint64_t bytes, std::span<std::uint64_t> room)
        : bytes_(bytes), starts_(room.first(half_for(bytes))),
          targets_(room.subspan(half_for(bytes), half_for(bytes))) {}

    // Where instructions start: `add` notes one at OFFSET.
    std::span<std::uint64_t> starts() const { return starts_; }
    static void add(std::span<std::uint64_t> starts, std::uint64_t offset) {
        starts[offset / SPAN] |= bit(offset);
    }
    // False: no place of an instruction.
    [[nodiscard]] bool add_target(std::uint64_t offset) {
        if (offset >= bytes_ || offset % HALFWORD != 0)
            return false;
        add(targets_, offset);
        return true;
    }

    // A target at which no instruction starts.
    std::optional<std::uint64_t> wrong_target() const {
        for (std::uint64_t i = 0; i < starts_.size(); ++i)
            if (const std::uint64_t wrong = targets_[i] & ~starts_[i]; wrong != 0)
                return i * SPAN + lowest(wrong) * HALFWORD;
        return std::nullopt;
    }

private:
    static constexpr std::uint64_t HALFWORD = 2;
    static constexpr std::uint64_t SPAN = 64 * HALFWORD; // bytes of text to a word
    static constexpr std::uint64_t half_for(std::uint64_t bytes) {
        return bytes / SPAN + (bytes % SPAN != 0 ? 1 : 0);
    }
    static constexpr std::uint64_t bit(std::uint64_t offset) {
        return std::uint64_t{1} << (offset / HALFWORD % 64);
    }
    static constexpr std::uint64_t lowest(std::uint64_t bits) {
        std::uint64_t number = 0;
        while ((bits >> number & 1) == 0)
            ++number;
        return number;
    }

    std::uint64_t bytes_;
    std::span<std::uint64_t> starts_;
    std::span<std::uint64_t> targets_;
};

} // namespace link
