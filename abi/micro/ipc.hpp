// The microkernel's system calls: messages, and what has no server of its own yet.
// SPDX-License-Identifier: MIT
//
// An ecall is like a function call: a0..a7 carry arguments and results, and everything that a
// function may destroy (t0..t6, a0..a7) comes back with no meaning unless said here; ra, sp, gp, tp
// and s0..s11 are kept. A message fits into registers and never touches the memory of either side:
//
//            sent                                received
//   a0       label                               label, or an error of the kernel's
//   a1..a5   words                               words
//   a6       call: slot of the capability        the sender's token
//            reply: token of the caller
//   a7       operation                           the badge of the capability that it was sent by
//   s2..s6   five words more, where LONG is set in a7 on both sides
//
// Labels with the top bit set are the kernel's: errors (abi/errors.hpp, negated) and the messages
// that it sends in a thread's name. Nobody can send one by `call`.
//
// A notice is a message without a sender: label NOTICES_CAME, word 0 the bits that were set since
// the last one. Interrupts of devices are notices. Who receives from anybody gets them first.
//
// Who calls waits for the answer of that one server; until then the server names it by its token,
// as often as it likes, and nobody else can. A server may have any number of callers waiting. When
// a server ends, who waits for it gets the error no_process.
#pragma once

#include <array>
#include <cstdint>

namespace abi::micro {

enum class Operation : std::uint64_t {
    // Send by the capability in slot a6, then wait for the answer. There is no timeout: who calls
    // trusts the server to answer.
    call = 1,
    // Answer the caller a6, if it is a caller that waits for this server (no one else's is
    // touched), then wait for the next message from anybody.
    reply_and_wait = 2,
    // The first half alone; result in a0: 0, or no_process.
    reply = 3,
    // (from whom in a0: a token, ANYBODY, or NOBODY; ticks of `time` in a1: 0 not at all, FOR_EVER
    // without end): the second half, closed where a token is given. would_block after that time;
    // no_process, where the partner has ended.
    receive = 4,
    // (status in a0): does not return.
    exit = 5,
    // Windows: memory of a caller that waits for this server. (token in a0, offset in the window in
    // a1, own address in a2, bytes in a3): result in a0: bytes copied, from the beginning as far as
    // it went, at least 1 where a3 was; not_mapped: the caller's first page is not there, or not
    // for this; bad_address: this server's own is not; not_permitted: it is no window for this;
    // no_process: nobody waits under this token.
    copy_in = 6,  // from the window
    copy_out = 7, // into it
    // (token, offset in the window, bytes, Access): result in a0: of the bytes from there on, how
    // many a copy could reach at this moment for such an access. Errors as copy_in, without
    // bad_address.
    reach = 8,

    debug_write = 9, // (address in a0, bytes in a1): to the console; result in a0: 0 or an error
    clock = 10,      // (): ticks of `time` in a0

    // (slot in a0, bits in a1): the thread behind a capability with the right to notify finds BITS
    // among its notices, and does not wait for anybody here. Result in a0: 0 or an error.
    notify = 11,

    // From here on: objects.hpp.
    give = 16,
    create_space = 17,
    destroy_space = 18,
    change_space = 19,
    set_pager = 20,
    count_tables = 21,
    give_table = 22,
    take_table = 23,
    create_thread = 24,
    destroy_thread = 25,
    set_space = 26,
    read_registers = 27,
    write_registers = 28,
    give_to_thread = 29,
    name_thread = 30,
    describe_thread = 31,
    map_memory = 32,
    bind_interrupt = 33,
    pin = 34,
    unpin = 35,
    end_machine = 36,
    set_scheduler = 37,
    end_turn = 38,
    use_of = 39,
};

// Beside the operation in a7; any other flag is invalid. With call, reply_and_wait, reply, receive:
inline constexpr std::uint64_t LONG = 1 << 8; // s2..s6 are words, too
// With call: the server may read (write) memory of the sender's while it waits: words 3 and 4 are
// its first address and its length in bytes. The sender's own rights hold, page by page.
inline constexpr std::uint64_t READABLE = 1 << 9;
inline constexpr std::uint64_t WRITABLE = 1 << 10;
// With either: the window is all memory of the sender's; words 3 and 4 are words like the others.
inline constexpr std::uint64_t WHOLE = 1 << 11;
// Or: it is a piece of the window of a caller that waits for the sender. Word 2 is that caller's
// token, word 3 an offset in its window. The piece is there as long as both wait.
inline constexpr std::uint64_t PASSED_ON = 1 << 12;
// The server may put a capability into the sender's slot that stands in bits 16..31, while it
// waits (Operation::give).
inline constexpr std::uint64_t ACCEPTS = 1 << 13;
constexpr std::uint64_t accepts(std::uint64_t slot) { return ACCEPTS | slot << 16; }
inline constexpr std::uint64_t OPERATION_BITS = 0xff;
// What a program's call of its system has.
inline constexpr std::uint64_t SYSTEM_CALL = READABLE | WRITABLE | WHOLE;

inline constexpr std::uint64_t FOR_EVER = ~0ULL;
// In place of a token.
inline constexpr std::uint64_t ANYBODY = ~0ULL;
inline constexpr std::uint64_t NOBODY = ~0ULL - 1;
inline constexpr std::uint64_t NOTICES = ~0ULL - 2; // from nobody, but for notices

// An index into the table of capabilities that the kernel keeps for each thread.
class CapSlot {
public:
    explicit constexpr CapSlot(std::uint64_t raw) : raw_(raw) {}
    constexpr std::uint64_t raw() const { return raw_; }
    constexpr bool operator==(const CapSlot&) const = default;

private:
    std::uint64_t raw_;
};

struct Message {
    std::uint64_t label = 0;
    std::array<std::uint64_t, 5> words{};
};
using MoreWords = std::array<std::uint64_t, 5>;

namespace label {
inline constexpr std::uint64_t DONE = 0;
// Of the kernel's own, which nobody can send.
inline constexpr std::uint64_t PAGE_FAULT = 1ULL << 63;
inline constexpr std::uint64_t NOTICES_CAME = (1ULL << 63) + 1;
// To a thread's handler, in the thread's name; while the thread waits, all its memory is a window.
// Any answer lets it go on with the registers that it has.
inline constexpr std::uint64_t EXCEPTION = (1ULL << 63) + 2; // words: scause, stval, pc
// A page fault that its pager refused; words: address, pc, access, the error (positive).
inline constexpr std::uint64_t FAULT_REFUSED = (1ULL << 63) + 3;
inline constexpr std::uint64_t EXITED = (1ULL << 63) + 4; // by Operation::exit; word: status
// A page fault again, whose answer could not be put in force: a table is wanted, and the space's
// manager has given none that is free.
inline constexpr std::uint64_t TABLE_WANTED = (1ULL << 63) + 5;
// To a thread's scheduler: it could run; words: its tag (set_scheduler), and ticks of `time` that
// it ran so far. Any answer gives it a turn.
inline constexpr std::uint64_t TURN_WANTED = (1ULL << 63) + 6;
} // namespace label

constexpr bool is_of_kernel(std::uint64_t label) { return (label >> 63) != 0; }

} // namespace abi::micro
