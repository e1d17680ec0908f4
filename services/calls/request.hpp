// A system call on its way, as words; and what comes of it.
// SPDX-License-Identifier: MIT
//
// A request can be tried again: number, arguments by value, and how far it got. While a program
// waits for its answer nothing else needs to be kept. So a kernel thread, a strand or a library
// repeats one until it is answered, and a server keeps it in a table and serves it again when what
// it waits for has happened.
#pragma once

#include "abi/calls/system_calls.hpp"
#include "abi/errors.hpp"
#include "lib/address.hpp"
#include "lib/two_words.hpp"

#include <span>

namespace call {

// The eight words of a call, in the order of the registers a0..a7, wherever they lie: in the trap
// frame of the program that waits, or in a server's table.
//   0..5 arguments    6 how far it got    7 number (abi::SystemCall)
class Request {
public:
    static constexpr std::size_t WORDS = 8;
    using Words = std::span<std::uint64_t, WORDS>;

    // A call that WORDS hold already.
    explicit constexpr Request(Words words) : words_(words) {}

    // Any number may come.
    std::uint64_t number() const { return words_[7]; }
    std::uint64_t argument(std::size_t index) const { return words_[index]; }
    // Bytes that were moved; or whatever the call itself notes for its next try. 0 at first.
    std::uint64_t done() const { return words_[6]; }
    void set_done(std::uint64_t done) { words_[6] = done; }

private:
    Words words_;
};

// What a try came to, one of three:
//   a word       that the program finds in a0: a value or an error's number
//   must_wait    the request is to be tried again, after what unix::System::awaited tells of its
//                process has happened
//   for_nobody   the caller's process has ended in this try: the request is dropped. Nothing wakes
//                it, and its process's place in the tables may be another's already
// The kind stands beside the word, since a program that resumes may have any word in a0. Two
// registers, which assembly looks at: a0 the word, a1 not 0 if there is none.
class Answer {
public:
    constexpr Answer(std::unexpected<Error> failure) : words_(abi::to_register(failure.error())) {
        if (failure.error() == Error::would_block)
            words_ |= MUST_WAIT;
    }
    static constexpr Answer of(std::uint64_t value) { return Answer(value); }
    static constexpr Answer of(const Result<std::uint64_t>& result) {
        return result ? Answer(*result) : Answer(std::unexpected(result.error()));
    }
    static constexpr Answer nothing() { return Answer(0); }
    static constexpr Answer for_nobody() {
        Answer answer(0);
        answer.words_ = FOR_NOBODY;
        return answer;
    }

    constexpr bool must_wait() const { return (words_ & MUST_WAIT) != 0; }
    constexpr bool is_for_nobody() const { return (words_ & FOR_NOBODY) != 0; }
    constexpr std::uint64_t raw() const { return static_cast<std::uint64_t>(words_); }

private:
    static constexpr TwoWords MUST_WAIT = TwoWords{1} << 64;
    static constexpr TwoWords FOR_NOBODY = TwoWords{2} << 64;

    explicit constexpr Answer(std::uint64_t raw) : words_(raw) {}
    TwoWords words_ = 0;
};

static_assert(Answer(std::unexpected(Error::would_block)).must_wait());
static_assert(!Answer::for_nobody().must_wait() && Answer::for_nobody().is_for_nobody());
static_assert(sizeof(Answer) == 2 * sizeof(std::uint64_t));

} // namespace call
