// The name that the kernel calls is an object, not a function.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: linkage
// breaks: the kernel jumps into data; where data can be executed, its words are instructions.
#include <array>
#include <cstdint>

extern "C" {
extern constinit const std::array<std::uint32_t, 2> extension_start{
    0x30529073, // csrw mtvec, t0
    0x00008067, // ret
};
}
