// Windows: memory of a caller's that its server copies from or to while the caller waits.
// SPDX-License-Identifier: MIT
//
// They stand for the long messages of L3 ("Improving IPC by Kernel Design", SOSP'93, 5.2: copied
// once, while the sender waits), with two differences: the receiver says when, and which part; and
// it may pass a piece on to a server of its own. Each side is believed page by page, with its own
// rights (arch/riscv/user_memory.hpp); nothing is mapped, and nothing is mended here.
#pragma once

#include "task.hpp"

#include "abi/micro/ipc.hpp"

namespace windows {

// What MESSAGE, sent with FLAGS, lets its server reach. invalid: it wraps around.
Result<Window> of_message(const abi::micro::Message& message, std::uint64_t flags);

enum class Direction : std::uint8_t { in, out }; // as the server sees it

struct Piece {
    std::uint64_t offset; // in the window
    VirtAddr own;         // address of the server's
    std::uint64_t bytes;
};

// Copies PIECE between SERVER and the window of who waits for it under TOKEN: how many bytes, from
// the beginning. no_process; not_permitted: no window for this, or none there; not_mapped: the
// caller's first page; bad_address: the server's own.
Result<std::uint64_t> copy(const Thread& server, std::uint64_t token, const Piece& piece,
                           Direction direction);

// How many of BYTES from OFFSET on such a copy could reach, where ACCESS is made. no_process;
// not_permitted.
Result<std::uint64_t> reach(const Thread& server, std::uint64_t token, std::uint64_t offset,
                            std::uint64_t bytes, Access access);

// The frame behind the page of the window that begins at OFFSET, which a device will ACCESS.
// no_process; not_permitted; not_mapped; invalid: no page of its owner's begins there.
Result<Frame> frame_behind(const Thread& server, std::uint64_t token, std::uint64_t offset,
                           Access access);

} // namespace windows
