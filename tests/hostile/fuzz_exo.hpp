// Which of exo's primitives a fuzzer may call, with which arguments.
// SPDX-License-Identifier: MIT
//
// On exo a program's raw calls reach the primitives of the environment that it shares with its
// library OS. A tame fuzzer leaves alone what that relies on: its slots, pages and blocks. A wild
// one may break all of it, and must not end in order, wait for ever, or put in the library OS's
// place what may run.
#pragma once

#include "tests/hostile/call.hpp"

#include "abi/address_map.h"
#include "abi/exo/primitives.hpp"

namespace fuzz_exo {

using abi::exo::Primitive;
using hostile::Registers;
namespace reg = hostile::reg;

// Where the program, its library OS and all that these have lie.
constexpr bool is_vital(std::uint64_t address) {
    return (address >= PROGRAM_SLOTS && address < PROGRAM_SLOTS + 16 * SLOT_SIZE) ||
           (address >= LIBRARY_BASE && address < SERVER_SLOTS);
}

// A slot that the library OS has no use for (kernels/exo/libos/slots.hpp), or none at all.
constexpr std::uint64_t own(std::uint64_t slot) {
    constexpr std::uint64_t FIRST = 226, END = 256;
    constexpr std::uint64_t LAST_PART = abi::exo::BINDINGS - abi::exo::PART_SLOTS;
    return slot >= LAST_PART ? slot : FIRST + slot % (END - FIRST);
}
constexpr std::uint64_t own_word(std::uint64_t word) {
    return abi::exo::word(own(word >> 12), word % 4096);
}

// Whether a tame fuzzer may do the call; slots become its own.
inline bool tame(Primitive number, Registers& registers) {
    auto& a0 = registers[reg::A0];
    auto& a1 = registers[reg::A1];
    auto& a2 = registers[reg::A2];
    auto& a3 = registers[reg::A3];
    switch (number) {
    case Primitive::allocate:
    case Primitive::create:
        a1 = a1 == abi::exo::NONE ? a1 : own(a1);
        return true;
    case Primitive::bind:
        a2 = own(a2);
        return true;
    case Primitive::unbind:
    case Primitive::release:
        a0 = own(a0);
        return true;
    case Primitive::share:
        a1 = abi::exo::from_to(a1 & 0xffffffff, own(a1 >> 32));
        a2 %= 3;
        return true;
    case Primitive::remove:
        return !is_vital(a0);
    case Primitive::install:
    case Primitive::change:
    case Primitive::give_table:
        return !is_vital(a1);
    case Primitive::set_contexts:
        return false;
    case Primitive::give_part:
        return a1 >= abi::exo::PARTS - 1;
    case Primitive::disk:
        a0 = abi::exo::disk_operation(abi::exo::DiskOperation(a0 & 0xff), own(a0 >> 8));
        a2 = own(a2);
        a3 = own_word(a3);
        return true;
    default:
        return true;
    }
}

// Whether a wild one may: contexts that lead nowhere, which PLACE has.
inline bool wild(Primitive number, const Registers& registers, std::uint64_t place) {
    const std::uint64_t address = registers[reg::A1];
    return number != Primitive::set_contexts || address == place || !is_vital(address);
}

// Whether the call may be made at all. Those that lead to another place than behind the call may
// not: `yield` goes on where the library OS began to wait last.
inline bool is_fair(Registers& registers, bool is_wild, std::uint64_t place) {
    const auto number = static_cast<Primitive>(registers[reg::A7]);
    if (number == Primitive::exit || number == Primitive::end_by_fault ||
        number == Primitive::yield ||
        (number == Primitive::destroy && registers[reg::A0] == abi::exo::SELF))
        return false;
    return is_wild ? wild(number, registers, place) : tame(number, registers);
}

} // namespace fuzz_exo
