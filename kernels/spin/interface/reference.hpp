// References: what the capabilities of the interface have in common.
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace spin {

// Names an object of the kernel's by its number in a table, and which of the objects that stood
// there one after the other. A reference ends with its object: the kernel compares the word
// wherever one is handed in. Made by the kernel only. One word, so that it travels in a register:
//   63..32 generation    31..0 number
class Reference {
public:
    bool operator==(const Reference&) const = default;

    // Its object's place among those of its kind. Dense, so that an extension may keep a table of
    // its own beside the kernel's.
    constexpr std::uint32_t number() const { return static_cast<std::uint32_t>(raw_); }
    // As one word in a register.
    constexpr std::uint64_t raw() const { return raw_; }

protected:
    constexpr Reference() = default; // of generation 0, which no object has
    constexpr Reference(std::uint32_t number, std::uint32_t generation)
        : raw_(static_cast<std::uint64_t>(generation) << GENERATION_SHIFT | number) {}
    constexpr std::uint32_t generation() const {
        return static_cast<std::uint32_t>(raw_ >> GENERATION_SHIFT);
    }

private:
    static constexpr unsigned GENERATION_SHIFT = 32;
    std::uint64_t raw_ = 0;
};

} // namespace spin
