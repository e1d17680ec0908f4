// Memory as programs ask for it: mappings, advice, and what a fault handler is told.
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

namespace abi {

namespace map {
// Rights: bits as in lib/fault.hpp (1 read, 2 write, 4 execute; a page is never both of the last).
inline constexpr std::uint64_t ANONYMOUS = 1; // flags: zeroes at first touch
inline constexpr std::uint64_t SHARED = 2;    // stores reach the file and everybody who maps it
inline constexpr std::uint64_t PRIVATE = 4;   // stores reach this process only
} // namespace map

// What a program may tell about its use of a range (os::advise), before it touches it. A
// kernel may ignore it.
enum class Advice : std::uint64_t { usual = 0, cyclic = 1, once = 2, keep = 3 };

// What a program's own fault handler is told, and what it may change: a process goes on with these
// registers when the handler returns.
struct FaultContext {
    std::uint64_t pc;
    std::array<std::uint64_t, 31> registers; // x1..x31
    std::uint64_t cause;                     // scause, numbered as in lib/exception.hpp
    std::uint64_t address;                   // stval: of a page fault, the address
};

} // namespace abi
