// Scenario file: the first touch of a page of a mapped file, which is still on the disk.
// SPDX-License-Identifier: MIT
//
// The file is a program that nobody has run: its first pages. One page is touched beforehand. Then
// the instruction at scenario_fault (look.S) loads from another one, which must come through the
// file system and the block device. Afterwards the same bytes are read by a call, and compared.
#include "scenario.hpp"

namespace {

constexpr std::string_view PATH = "/bin/tools";
constexpr std::uint64_t WATCHED = 2; // the page's number in the file

} // namespace

int main() {
    const std::uint64_t file = scenario::must("file: open", os::open(PATH));
    const auto descriptor = static_cast<std::int64_t>(file);
    const std::uint64_t mapped =
        scenario::must("file: mmap", os::mmap({.bytes = (WATCHED + 1) * PAGE_SIZE,
                                               .rights = Rights::read(),
                                               .flags = abi::map::PRIVATE,
                                               .descriptor = descriptor}));
    peek(mapped);
    const std::uint64_t word = look(mapped + WATCHED * PAGE_SIZE);

    std::array<std::uint64_t, PAGE_SIZE / sizeof(std::uint64_t)> page{};
    scenario::must("file: seek", os::seek(descriptor, WATCHED * PAGE_SIZE));
    const std::uint64_t count =
        scenario::must("file: read", os::read(descriptor, std::as_writable_bytes(std::span(page))));
    scenario::expect("file: bytes read", count, PAGE_SIZE);
    scenario::expect("file: the word that was mapped", word, page[0]);
    for (std::uint64_t i = 0; i < page.size(); ++i)
        scenario::expect("file: a word of the page",
                         peek(mapped + WATCHED * PAGE_SIZE + i * sizeof(std::uint64_t)), page[i]);
    os::write("file: the page holds what the file holds\n");
    return 0;
}
