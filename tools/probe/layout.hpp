// The guest's memory as the probe knows it: mode, image and function of every address.
// SPDX-License-Identifier: MIT
//
// Made from the configuration. For each translated instruction it makes one Site, in which all that
// can be known beforehand is looked up, so that the engine does no searching while the guest runs.
#pragma once

#include "configuration.hpp"
#include "decode.hpp"

#include <cstdint>

namespace probe {

enum class Mode : std::uint8_t { user, supervisor, machine };

// The project's address map: firmware at 0x80000000..0x801fffff (and the board's
// reset ROM, which starts it); the kernel in the upper half, and
// at its physical address before its tables are on; all else is U-mode's.
Mode mode_of(std::uint64_t pc);

// QEMU's `virt` board: where the hart begins after a reset, and the device that switches it off.
inline constexpr std::uint64_t reset_vector = 0x1000;
inline constexpr std::uint64_t test_device = 0x10'0000;

struct Site {
    std::uint64_t pc = 0;
    std::uint64_t next = 0; // the address behind it: where a call returns to
    Decoded decoded;
    Mode mode = Mode::user;
    Function entry = Function::none;  // set when this is a function's first instruction
    bool in_program = false;          // within the watched program's image
    std::int32_t function = -1;       // the function record that it lies in
    Function inside = Function::none; // which that is
    std::int32_t image = -1;
    std::uint32_t domain = no_domain;

    Kind kind() const { return decoded.kind; }
};

class Layout {
public:
    explicit Layout(const Configuration& configuration) : configuration_(configuration) {}

    Site site(std::uint64_t pc, unsigned length, Decoded decoded) const;

private:
    const Configuration& configuration_;
};

} // namespace probe
