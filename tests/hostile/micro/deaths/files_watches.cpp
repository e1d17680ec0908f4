// The file server, when its block driver has broken: does the device write to the block still?
// SPDX-License-Identifier: MIT
//
// Before: the cache of services/fs, which reads a block; the linker leads that call here (--wrap).
// Who gets an error has its memory back: it is marked, and must be so after a while.
#include "kernels/micro/servers/disk/client.hpp"

#include "kernels/micro/library/server.hpp"

#include "lib/print.hpp"

#include <algorithm>

extern "C" {
Result<void> real_read(disk::Client& client, block::BlockNumber number, block::BlockBytes bytes) //
    asm("__real__ZN4disk6Client4readEN5block11BlockNumberESt4spanISt4byteLm4096EE");
Result<void> read_and_watch(disk::Client& client, block::BlockNumber number,
                            block::BlockBytes bytes) //
    asm("__wrap__ZN4disk6Client4readEN5block11BlockNumberESt4spanISt4byteLm4096EE");
}

Result<void> read_and_watch(disk::Client& client, block::BlockNumber number,
                            block::BlockBytes bytes) {
    constexpr std::byte MARK{0x5a};
    constexpr std::uint64_t A_WHILE = 20'000'000; // ticks: two seconds
    const Result<void> done = real_read(client, number, bytes);
    if (done)
        return done;
    std::ranges::fill(bytes, MARK);
    micro::receive(abi::micro::NOBODY, A_WHILE);
    const bool is_left_alone =
        std::ranges::all_of(bytes, [](std::byte byte) { return byte == MARK; });
    micro::DebugConsole console;
    print(console, "files: the block ", is_left_alone ? "is left alone" : "was written to", "\n");
    return done;
}
