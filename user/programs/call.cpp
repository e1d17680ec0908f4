// Scenario call: opens a file and reads of it.
// SPDX-License-Identifier: MIT
//
// No page fault: what is watched is a call (at scenario_fault, call.S), from the program through
// the file system to storage and memory, and back. The file's name was looked up once before, the
// bytes that are read were not.
#include "scenario.hpp"

namespace {

constexpr std::string_view PATH = "/bin/tools";
constexpr std::size_t BYTES = 4096;

constinit std::array<std::byte, BYTES> page{};

} // namespace

extern "C" std::uint64_t watched_call(); // call.S
extern "C" std::uint64_t scenario_action() {
    const std::uint64_t file = scenario::must("call: open", os::open(PATH));
    return scenario::must("call: read", os::read(static_cast<std::int64_t>(file), std::span(page)));
}

int main() {
    const std::uint64_t file = scenario::must("call: open", os::open(PATH));
    scenario::must("call: close", os::close(static_cast<std::int64_t>(file)));
    scenario::expect("call: a byte of the buffer", static_cast<std::uint64_t>(page.back()), 0);
    scenario::expect("call: bytes read", watched_call(), BYTES);
    // An ELF file, which a program is, begins like this.
    scenario::expect("call: the first byte", static_cast<std::uint64_t>(page[0]), 0x7f);
    scenario::expect("call: the second byte", static_cast<std::uint64_t>(page[1]), 'E');
    os::write("call: the file was opened and read\n");
    return 0;
}
