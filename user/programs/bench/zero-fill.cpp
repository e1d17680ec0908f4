// Benchmark zero-fill: the first store to a page of the heap.
// SPDX-License-Identifier: MIT
#include "bench.hpp"

int main() {
    constexpr std::uint64_t PAGES = bench::Samples::CAPACITY + 1;
    const std::uint64_t heap = bench::must("sbrk", os::sbrk(PAGES * PAGE_SIZE));
    bench::Samples samples;
    count_store(heap); // the road is warm from here on
    for (std::uint64_t page = 1; page < PAGES; ++page)
        samples.add(count_store(heap + page * PAGE_SIZE));
    samples.print_as("zero-fill");
    return 0;
}
