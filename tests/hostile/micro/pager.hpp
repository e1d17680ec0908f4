// What the fake pagers share: their window of frames, and messages by hand.
// SPDX-License-Identifier: MIT
#pragma once

#include "tests/hostile/call.hpp"

#include "abi/address_map.h"
#include "abi/micro/memory.hpp"

namespace hostile {

// What the loader tells a pager at its start.
struct Window {
    std::uint64_t start;
    std::uint64_t pages;
    std::uint64_t end() const { return start + pages * PAGE_SIZE; }
};

// A message as it came, of which the words matter here: label, fault's address, pc, access.
struct Request {
    std::uint64_t label;
    std::uint64_t address;
    std::uint64_t token = abi::micro::NOBODY;
};

struct Reply {
    std::uint64_t label = 0;
    std::uint64_t word0 = 0;
    std::uint64_t word1 = 0;
    std::uint64_t token = abi::micro::NOBODY;
};

inline Request reply_and_wait(const Reply& reply) {
    const Answer answer = call(static_cast<std::uint64_t>(abi::micro::Operation::reply_and_wait),
                               reply.label, reply.word0, reply.word1, reply.token);
    return {static_cast<std::uint64_t>(answer.first), answer.second, answer.seventh};
}

constexpr std::uint64_t page_of(std::uint64_t address) { return address & ~(PAGE_SIZE - 1); }

// The answer to REQUEST that gives the frame at SOURCE with RIGHTS, to where it was asked for.
inline Reply gift(std::uint64_t source, std::uint64_t rights, const Request& request) {
    return {abi::micro::label::DONE, source | rights, page_of(request.address), request.token};
}

inline constexpr std::uint64_t READ = 1, WRITE = 2, EXECUTE = 4;

// The pages of the window, one after the other.
class Frames {
public:
    explicit Frames(const Window& window) : next_(window.start) {}
    std::uint64_t take() { return (next_ += PAGE_SIZE) - PAGE_SIZE; }

private:
    std::uint64_t next_;
};

// Answers every request by what MAKE says, for ever.
template <class Make>
[[noreturn]] void serve(Make make) {
    Reply reply;
    for (;;) {
        const Request request = reply_and_wait(reply);
        reply = make(request);
        reply.token = request.token;
    }
}

} // namespace hostile
