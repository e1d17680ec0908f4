// What the model promises of a thread's registers.
// SPDX-License-Identifier: MIT
#pragma once

#include "model.hpp"

namespace model {

constexpr std::uint32_t bit(unsigned number) { return std::uint32_t{1} << number; }
constexpr std::uint32_t bits(unsigned first, unsigned last) {
    return (bit(last) - bit(first)) | bit(last);
}
// What a call of a function keeps, an ecall keeps.
inline constexpr std::uint32_t KEPT =
    bits(reg::RA, reg::TP) | bits(reg::S0, reg::S1) | bits(reg::S2, reg::S11);

inline void set_result(Thread& thread, std::uint64_t result) {
    thread.registers[reg::A0] = result;
    thread.known = KEPT | bit(reg::A0);
    thread.state = Thread::State::runs;
}

} // namespace model
