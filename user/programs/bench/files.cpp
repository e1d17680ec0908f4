// Benchmarks of files: file-fault, cached-read-1, cached-read-4096, open-close.
// SPDX-License-Identifier: MIT
#include "bench.hpp"

namespace {

using bench::must;

constexpr std::string_view PATH = "/bin/tools"; // some file of more than PAGES pages
constexpr std::uint64_t PAGES = 9;

constinit std::array<std::byte, PAGE_SIZE> page{};

std::int64_t open_file() { return static_cast<std::int64_t>(must("open", os::open(PATH))); }

// The first load from a page of a mapped file that nobody has read: it waits for the disk, so the
// minimum is what counts.
void file_fault() {
    const std::int64_t file = open_file();
    const std::uint64_t mapped = must("mmap", os::mmap({.bytes = PAGES * PAGE_SIZE,
                                                        .rights = Rights::read(),
                                                        .flags = abi::map::PRIVATE,
                                                        .descriptor = file}));
    bench::Samples samples;
    count_load(mapped);
    for (std::uint64_t i = 1; i < PAGES; ++i)
        samples.add(count_load(mapped + i * PAGE_SIZE));
    samples.print_as("file-fault");
    must("munmap", os::munmap(mapped, PAGES * PAGE_SIZE));
    must("close", os::close(file));
}

void cached_reads() {
    const std::int64_t file = open_file();
    const auto one = std::span(page).first(1);
    bench::measure("cached-read-1", bench::Samples::CAPACITY, [&] { os::read(file, one); });
    const std::uint64_t reading = bench::cost_of_reading();
    bench::Samples samples;
    for (unsigned i = 0; i < 33; ++i) {
        must("seek", os::seek(file, 0));
        const std::uint64_t before = read_counter();
        const std::int64_t count = os::read(file, std::span(page));
        if (i != 0)
            samples.add(read_counter() - before - reading);
        must("read", count);
    }
    samples.print_as("cached-read-4096");
    must("close", os::close(file));
}

void open_close() {
    bench::measure("open-close", 32, [] { os::close(os::open(PATH)); });
}

} // namespace

int main() {
    file_fault();
    cached_reads();
    open_close();
    return 0;
}
