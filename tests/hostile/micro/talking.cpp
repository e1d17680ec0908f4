// A program that tries IPC on a pager that checks it from the other side (talks.cpp).
// SPDX-License-Identifier: MIT
#include "client.hpp"
#include "talks.hpp"

#include "abi/address_map.h"
#include "abi/errors.hpp"

#include <array>

using namespace hostile;

namespace {

std::array<std::uint8_t, TALK_BYTES> talk;

// A call with LABEL, and what is in REGISTERS already; 0, or the line of talks.cpp that failed.
std::int64_t talk_of(std::uint64_t label, Registers& registers, std::uint64_t flags = 0) {
    registers[reg::A0] = label;
    registers[reg::A6] = MEMORY;
    registers[reg::A7] = static_cast<std::uint64_t>(Operation::call) | flags;
    ecall_with(registers);
    return static_cast<std::int64_t>(registers[reg::A0]);
}

std::int64_t talk_of(std::uint64_t label, std::uint64_t flags = 0, std::uint64_t start = 0,
                     std::uint64_t bytes = 0) {
    Registers registers{};
    registers[reg::A2 + 2] = start; // words 3 and 4
    registers[reg::A2 + 3] = bytes;
    return talk_of(label, registers, flags);
}

void talk_of_windows() {
    using namespace abi::micro;
    const std::uint64_t here = address_of(talk.data());
    for (std::uint64_t i = 0; i < TALK_BYTES; ++i)
        talk[i] = talk_byte(i);
    expect("a window", talk_of(TALK_OF_A_WINDOW, READABLE | WRITABLE, here, TALK_BYTES), 0);
    for (std::uint64_t i = 0; i < TALK_BYTES; ++i) {
        const bool is_inside = i != 0 && i != TALK_BYTES - 1;
        expect("a byte", talk[i], static_cast<std::uint8_t>(talk_byte(i) + (is_inside ? 1 : 0)));
    }
    expect("to read", talk_of(TALK_OF_A_READABLE_ONE, READABLE, here, 1), 0);
    expect("to write", talk_of(TALK_OF_A_WRITABLE_ONE, WRITABLE, here, 1), 0);
    for (const std::uint64_t nowhere :
         Words{0, PAGER_WINDOW, SERVER_SLOTS, KERNEL_OFFSET + KERNEL_LOAD, 1ULL << 38, 1ULL << 62})
        expect("of nothing", talk_of(TALK_OF_AN_EMPTY_ONE, READABLE | WRITABLE, nowhere, 8), 0);
    expect("around the end", talk_of(TALK_OF_AN_EMPTY_ONE, READABLE, ~0ULL, 2), -abi::INVALID);
    expect("none", talk_of(TALK_OF_NONE), 0);
}

} // namespace

extern "C" int talks_to_the_pager() {
    expect("forged tokens", talk_of(TALK_OF_TOKENS), 0);
    talk_of_windows();
    expect("time", talk_of(TALK_OF_TIME), 0);
    expect("a partner", talk_of(TALK_OF_A_PARTNER), 0);
    Registers registers{};
    for (unsigned i = 0; i < 5; ++i) {
        registers[reg::A1 + i] = 100 + i;
        registers[reg::S2 + i] = 200 + i;
    }
    expect("ten words", talk_of(TALK_OF_WORDS, registers, abi::micro::LONG), 0);
    for (unsigned i = 0; i < 5; ++i) {
        expect("a word", static_cast<std::int64_t>(registers[reg::A1 + i]), 101 + i);
        expect("one more", static_cast<std::int64_t>(registers[reg::S2 + i]), 201 + i);
    }
    Registers kept{};
    kept[reg::S2] = 7;
    expect("words that were not asked for", talk_of(TALK_OF_WORDS, kept), 0);
    expect("s2", static_cast<std::int64_t>(kept[reg::S2]), 7);
    return failures;
}

extern "C" int outlives_the_pager() {
    expect("its server ends", operation(Operation::call, TALK_OF_NONE, 0, MEMORY),
           -abi::NO_PROCESS);
    expect("its server has ended", operation(Operation::call, TALK_OF_NONE, 0, MEMORY),
           -abi::NO_PROCESS);
    return failures;
}
