// What can go wrong, and how it is handed up: Result<T>, TRY, MUST.
// SPDX-License-Identifier: MIT
//
// Every function that can fail returns Result<T>. TRY hands a failure to the caller at the cost of
// one token; MUST is for what cannot fail here and says why beside it. A kernel turns Error into
// the numbers of its system-call interface in one place (its authority.hpp).
#pragma once

#include "lib/panic.hpp"

#include <expected>
#include <string_view>
#include <utility>

enum class Error : unsigned char {
    bad_address,    // no region holds the address, or it lies outside what may be named
    not_permitted,  // the region, page or capability does not carry the right
    no_memory,      // no free frame, no free slot in a fixed table
    already_mapped, // a valid translation stands there
    not_mapped,     // none stands there
    malformed,      // a file, table or message does not keep its format
    not_found,      // nothing has this name
    invalid,        // an argument is out of its range
    would_block,    // not now; nothing was done
};

// The error in words, for messages to people.
constexpr std::string_view to_words(Error error) {
    switch (error) {
    case Error::bad_address:
        return "bad address";
    case Error::not_permitted:
        return "not permitted";
    case Error::no_memory:
        return "no memory";
    case Error::already_mapped:
        return "already mapped";
    case Error::not_mapped:
        return "not mapped";
    case Error::malformed:
        return "malformed";
    case Error::not_found:
        return "not found";
    case Error::invalid:
        return "invalid argument";
    case Error::would_block:
        return "would block";
    }
    return "unknown error";
}

// Success, or an error: what std::expected<void, Error> is, in one byte instead of two. Nearly
// every step of a fault's road returns it.
class Outcome {
public:
    constexpr Outcome() = default;
    constexpr Outcome(std::unexpected<Error> failure)
        : failure_(static_cast<unsigned char>(failure.error()) + 1U) {}

    constexpr bool has_value() const { return failure_ == 0; }
    constexpr explicit operator bool() const { return has_value(); }
    constexpr void operator*() const {}
    constexpr Error error() const { return static_cast<Error>(failure_ - 1U); }

private:
    unsigned char failure_ = 0; // 0, or the error's number and 1
};

template <class T>
struct ResultOf {
    using type = std::expected<T, Error>;
};
template <>
struct ResultOf<void> {
    using type = Outcome;
};
template <class T>
using Result = typename ResultOf<T>::type;

// The value of EXPRESSION, or return its error from this function.
#define TRY(expression)                                                                            \
    ({                                                                                             \
        auto&& result_of_try = (expression);                                                       \
        if (!result_of_try) [[unlikely]]                                                           \
            return std::unexpected(result_of_try.error());                                         \
        *std::move(result_of_try);                                                                 \
    })

// The value of EXPRESSION, which cannot fail here: a comment beside it says why.
#define MUST(expression)                                                                           \
    ({                                                                                             \
        auto&& result_of_must = (expression);                                                      \
        if (!result_of_must) [[unlikely]]                                                          \
            panic(to_words(result_of_must.error()));                                               \
        *std::move(result_of_must);                                                                \
    })
