// What all benchmarks share: samples, and the line that says what they came to.
// SPDX-License-Identifier: MIT
//
// Operations are measured one by one, in instructions of the whole machine between two reads of the
// counter, from the program's point of view. The reading itself is taken off (counter.S). A row's
// minimum is the operation alone; its median shows whether anything else ever gets in between.
#pragma once

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

class Samples {
public:
    static constexpr std::size_t CAPACITY = 64;

    void add(std::uint64_t instructions) {
        if (count_ < CAPACITY)
            samples_[count_++] = instructions;
    }

    // bench OPERATION min N median N count N
    void print_as(std::string_view operation) {
        const std::span<std::uint64_t> all = std::span(samples_).first(count_);
        std::ranges::sort(all);
        os::FixedText<128> line;
        print(line, "bench ", operation, " min ", all.front(), " median ", all[all.size() / 2],
              " count ", all.size(), "\n");
        os::write(line.view());
    }

private:
    std::array<std::uint64_t, CAPACITY> samples_{};
    std::size_t count_ = 0;
};

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
