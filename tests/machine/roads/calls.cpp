// Calls that have all that they need in memory: of files in the cache, and of a process.
// SPDX-License-Identifier: MIT
#include "watched.hpp"

#include <array>

namespace {

std::array<char, 512> bytes{};
os::Stat stat{};

} // namespace

void road() {
    const auto file = os::open("/README");
    os::read(file, std::span(bytes));
    os::fstat(file, stat);
    os::close(file);
    os::getpid();
}

int main() {
    watch();
    return 0;
}
