// Where things stand in the puppets' world: their pages, their slots, and who is who.
// SPDX-License-Identifier: MIT
//
// The director (director.cpp) stands in root's place and makes it; the model (model.hpp) knows it.
#pragma once

#include "abi/address_map.h"
#include "abi/micro/objects.hpp"

#include <array>
#include <cstdint>

namespace world {

// Threads. The director is the first; puppets make others, which never run.
inline constexpr unsigned DIRECTOR = 0;
inline constexpr unsigned FIRST_PUPPET = 1;
inline constexpr unsigned PUPPETS = 8;
inline constexpr unsigned THREADS = 40;
constexpr bool is_puppet(unsigned thread) {
    return thread >= FIRST_PUPPET && thread < FIRST_PUPPET + PUPPETS;
}

// Spaces. The director makes the first ones, and puppets live there; puppets make others.
inline constexpr unsigned HOMES = 4;
inline constexpr unsigned SPACES = 24;

// Pages that are ever mapped in a space. Those of data change; code and the name of the space stay.
inline constexpr std::uint64_t CODE = LIBRARY_BASE;
inline constexpr std::uint64_t NAME = CODE + PAGE_SIZE;
inline constexpr std::array<std::uint64_t, 12> PAGES{0x20000000, 0x20001000, 0x20002000, 0x20003000,
                                                     0x20004000, 0x20005000, 0x30000000, 0x30001000,
                                                     0x60000000, 0x60001000, CODE,       NAME};
inline constexpr unsigned DATA_PAGES = 10;
inline constexpr unsigned CODE_PAGE = 10;
inline constexpr unsigned NAME_PAGE = 11;
inline constexpr unsigned NO_PAGE = PAGES.size();

constexpr unsigned page_at(std::uint64_t address) {
    const std::uint64_t start = address & ~(PAGE_SIZE - 1);
    for (unsigned page = 0; page < PAGES.size(); ++page)
        if (PAGES[page] == start)
            return page;
    return NO_PAGE;
}

// Of those two megabytes in which pages are ever mapped, which one ADDRESS is in.
constexpr unsigned region_of(std::uint64_t address) {
    for (unsigned page = 0; page < PAGES.size(); ++page)
        if (PAGES[page] >> 21 == address >> 21)
            return page;
    return NO_PAGE;
}

// Frames. The director has the first ones mapped as well, at its window, and sees what they hold.
// Nobody but who got them has the others: those can become tables.
inline constexpr unsigned SEEN_FRAMES = 24;
inline constexpr unsigned OWN_FRAMES = 12;
inline constexpr unsigned FRAMES = SEEN_FRAMES + OWN_FRAMES;
inline constexpr unsigned CODE_FRAME = 0;
inline constexpr unsigned FIRST_NAME_FRAME = 1; // one for each home
inline constexpr unsigned FIRST_DATA_FRAME = FIRST_NAME_FRAME + HOMES;
inline constexpr std::uint64_t WINDOW = PAGER_WINDOW;

// What a puppet executes (puppet.S): an ecall, a load of its space's name, and an exception, by
// which the director learns that it has run.
inline constexpr std::uint64_t ECALL = CODE;
inline constexpr std::uint64_t EBREAK = CODE + 8;

// Ticks. A receive for fewer is over before anybody else does anything; one for so many is over
// when the director lets time pass, and no world takes as long as that.
inline constexpr std::uint64_t LONG_TIME = 100'000'000;

// Registers, by the number of the machine's.
namespace reg {
inline constexpr unsigned RA = 1, SP = 2, GP = 3, TP = 4, S0 = 8, S1 = 9, A0 = 10, A1 = 11, A2 = 12,
                          A3 = 13, A4 = 14, A5 = 15, A6 = 16, A7 = 17, S2 = 18, S6 = 22, S10 = 26,
                          S11 = 27, COUNT = 32;
}
using Registers = std::array<std::uint64_t, reg::COUNT>;

} // namespace world
