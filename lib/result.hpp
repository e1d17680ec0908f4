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
    no_space,       // the disk is full
    too_many,       // a table of the system or of the process is full (descriptors, processes, open
                    // files)
    too_large,      // a file, an argument list or a name's path would pass its limit
    name_too_long,  // a component of a path is longer than a directory entry holds
    exists,         // something has this name already
    is_directory,   // a directory, where something else is needed
    not_directory,  // something else, where a directory is needed
    not_empty,      // a directory that still holds names
    bad_descriptor, // no open file has this number, or it is not open for that
    broken_pipe,    // nobody is left to read
    no_child,       // there is no child to wait for
    no_process,     // no process has this number
    interrupted,    // the process was killed while it waited
    input_output,   // the device failed
    busy,           // a file that runs is not written to, and one that is written to is not run
    not_supported,  // this kernel does not have that yet, or not for this kind of file
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
    case Error::no_space:
        return "no space on the disk";
    case Error::too_many:
        return "too many";
    case Error::too_large:
        return "too large";
    case Error::name_too_long:
        return "name too long";
    case Error::exists:
        return "already exists";
    case Error::is_directory:
        return "is a directory";
    case Error::not_directory:
        return "not a directory";
    case Error::not_empty:
        return "directory not empty";
    case Error::bad_descriptor:
        return "bad file descriptor";
    case Error::broken_pipe:
        return "broken pipe";
    case Error::no_child:
        return "no child process";
    case Error::no_process:
        return "no such process";
    case Error::interrupted:
        return "interrupted";
    case Error::input_output:
        return "input/output error";
    case Error::busy:
        return "file busy";
    case Error::not_supported:
        return "not supported";
    }
    return "unknown error";
}

// Success, or an error: what std::expected<void, Error> is, as one register that needs no masking.
// Nearly every step of a fault's road returns it.
class Outcome {
public:
    constexpr Outcome() = default;
    constexpr Outcome(std::unexpected<Error> failure)
        : failure_(static_cast<unsigned char>(failure.error()) + 1UL) {}

    constexpr bool has_value() const { return failure_ == 0; }
    constexpr explicit operator bool() const { return has_value(); }
    constexpr void operator*() const {}
    constexpr Error error() const { return static_cast<Error>(failure_ - 1UL); }

private:
    unsigned long failure_ = 0; // 0, or the error's number and 1
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
