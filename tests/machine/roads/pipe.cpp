// A byte to another process, and one back.
// SPDX-License-Identifier: MIT
#include "watched.hpp"

#include <array>

namespace {

using Ends = std::array<std::int64_t, 2>;
Ends there{};
Ends back{};
std::array<char, 1> byte{};

} // namespace

void road() {
    os::write(there[1], ".");
    os::read(back[0], std::span(byte));
}

int main() {
    os::pipe(there);
    os::pipe(back);
    if (os::fork() == 0)
        while (os::read(there[0], std::span(byte)) == 1)
            os::write(back[1], std::string_view(byte.data(), byte.size()));
    watch();
    return 0;
}
