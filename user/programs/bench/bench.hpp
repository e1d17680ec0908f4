// What the benchmarks of all kernels share: how an operation is measured.
// SPDX-License-Identifier: MIT
//
// Operations are measured one by one, in instructions of the whole machine between two reads of the
// counter, from the program's point of view. The reading itself is taken off (counter.S). A row's
// minimum is the operation alone; its median shows whether anything else ever gets in between.
#pragma once

#include "samples.hpp"

#include "user/lib/message.hpp"
#include "user/lib/os.hpp"

#include "lib/address.hpp"

#include <algorithm>

extern "C" {
std::uint64_t read_counter(); // counter.S
std::uint64_t count_store(std::uint64_t address);
std::uint64_t count_load(std::uint64_t address);
}

namespace bench {

// RESULT, if it is no error; otherwise the benchmark ends in words.
inline std::uint64_t must(std::string_view what, std::int64_t result) {
    if (result < 0) {
        os::report("bench: ", what, ": ", os::words(result));
        os::exit(1);
    }
    return static_cast<std::uint64_t>(result);
}

// What two calls of read_counter with nothing in between are apart.
inline std::uint64_t cost_of_reading() {
    std::uint64_t least = ~0ULL;
    for (unsigned i = 0; i < 4; ++i) {
        const std::uint64_t before = read_counter();
        least = std::min(least, read_counter() - before);
    }
    return least;
}

// Runs ACTION COUNT times (at most CAPACITY) and prints a row. Once before, unmeasured: the road is
// warm, as it is for the ones that follow.
template <class Action>
void measure(std::string_view operation, std::size_t count, Action action) {
    const std::uint64_t reading = cost_of_reading();
    Samples samples;
    action();
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t before = read_counter();
        action();
        samples.add(read_counter() - before - reading);
    }
    samples.print_as(operation);
}

} // namespace bench
