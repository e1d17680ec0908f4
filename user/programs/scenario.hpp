// What all scenarios share: accesses at addresses of one's choice, and a check in words.
// SPDX-License-Identifier: MIT
//
// A scenario prepares everything, so that the page-table pages are there and the road was gone
// once; then comes the instruction at scenario_fault, in an assembly file beside the program, and
// that is what `compare` watches. At the end it looks whether everything is as it should be.
#pragma once

#include "user/lib/os.hpp"

#include "lib/address.hpp"
#include "lib/print.hpp"

extern "C" {
void touch(std::uint64_t address, std::uint64_t value); // touch.S, watched
std::uint64_t look(std::uint64_t address);              // look.S, watched
void poke(std::uint64_t address, std::uint64_t value);  // access.S, not watched
std::uint64_t peek(std::uint64_t address);              // access.S
}

namespace scenario {

// RESULT, if it is no error; otherwise the scenario ends in words.
inline std::uint64_t must(std::string_view what, std::int64_t result) {
    if (result < 0) {
        os::Output output;
        print(output, what, ": ", os::words(result), "\n");
        os::exit(1);
    }
    return static_cast<std::uint64_t>(result);
}

// Ends the scenario in words unless FOUND is EXPECTED.
inline void expect(std::string_view what, std::uint64_t found, std::uint64_t expected) {
    if (found == expected)
        return;
    os::Output output;
    print(output, what, ": ", hex(found), ", expected ", hex(expected), "\n");
    os::exit(2);
}

// COUNT pages of anonymous memory, none of them touched.
inline std::uint64_t fresh_pages(std::uint64_t count) {
    return must("mmap", os::mmap({.bytes = count * PAGE_SIZE}));
}

// The kernel's counters of now; WHAT names the scenario.
inline os::Statistics counters(std::string_view what) {
    os::Statistics now{};
    must(what, os::statistics(now));
    return now;
}

// A scenario of short memory shows nothing where memory is not short (started at the shell, say).
// Then it says so, and how it is meant to be started.
inline void say_unless_short(std::string_view name, const os::Statistics& before) {
    const os::Statistics after = counters(name);
    if (after.evictions != before.evictions)
        return;
    os::Output output;
    print(output, name, ": nothing was evicted: ", after.frames,
          " frames are enough. With fewer: ./faultline run KERNEL ", name, "\n");
}

} // namespace scenario
