// Benchmark swap-fault: a load from a page that was written to the disk, with no frame free.
// SPDX-License-Identifier: MIT
//
// Booted with few frames (pool=64). Each fault evicts another page, which was stored to, and waits
// for the disk twice, so the minimum is what counts.
#include "bench.hpp"

int main() {
    constexpr std::uint64_t PAGES = 128;
    const std::uint64_t first = bench::must("mmap", os::mmap({.bytes = PAGES * PAGE_SIZE}));
    for (std::uint64_t page = 0; page < PAGES; ++page)
        count_store(first + page * PAGE_SIZE);
    bench::Samples samples;
    count_load(first);
    for (std::uint64_t page = 1; page < 33; ++page)
        samples.add(count_load(first + page * PAGE_SIZE));
    samples.print_as("swap-fault");
    return 0;
}
