// Maps as much memory as the system promises, and touches all of it.
// SPDX-License-Identifier: MIT
//
// What cannot be kept in frames and swap is refused when it is asked for; so no touch may fail,
// though page tables come out of the same frames.
#include "lib/print.hpp"
#include "user/lib/os.hpp"

#include <array>

namespace {

struct Output {
    void put(std::string_view text) { os::write(text); }
};

struct Piece {
    std::uint64_t start;
    std::uint64_t bytes;
};

constexpr std::uint64_t LARGEST = 1ULL << 27;

} // namespace

int main() {
    std::array<Piece, 20> pieces{};
    std::size_t count = 0;
    for (std::uint64_t bytes = LARGEST; bytes >= PAGE_SIZE && count < pieces.size();) {
        const std::int64_t start = os::mmap({.bytes = bytes});
        if (start < 0)
            bytes /= 2;
        else
            pieces[count++] = {static_cast<std::uint64_t>(start), bytes};
    }
    std::uint64_t touched = 0;
    for (const Piece& piece : pieces)
        for (std::uint64_t at = piece.start; at < piece.start + piece.bytes; at += PAGE_SIZE) {
            *reinterpret_cast<volatile std::uint64_t*>(at) = at;
            ++touched;
        }
    Output output;
    print(output, "promise: ", touched, " pages were promised and kept\n");
    return 0;
}
