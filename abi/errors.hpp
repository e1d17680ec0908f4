// Errors as numbers, for programs: what a system call returns when it fails, on every kernel.
// SPDX-License-Identifier: MIT
//
// A call returns one of these, negated; a result of 0 or more is success. The numbers are those of
// UNIX, so that they look familiar in a debugger.
#pragma once

#include "lib/result.hpp"

#include <cstdint>

namespace abi {

enum ErrorNumber : std::int64_t {
    PERMISSION = 13,    // EACCES
    FAULT = 14,         // EFAULT
    EXISTS = 17,        // EEXIST
    NOT_FOUND = 2,      // ENOENT
    NO_MEMORY = 12,     // ENOMEM
    INVALID = 22,       // EINVAL
    NOT_EXECUTABLE = 8, // ENOEXEC
    AGAIN = 11,         // EAGAIN
    NO_CALL = 38,       // ENOSYS
    NO_SPACE = 28,      // ENOSPC
    TOO_MANY = 24,      // EMFILE
    TOO_LARGE = 27,     // EFBIG
    NAME_TOO_LONG = 36, // ENAMETOOLONG
    IS_DIRECTORY = 21,  // EISDIR
    NOT_DIRECTORY = 20, // ENOTDIR
    NOT_EMPTY = 39,     // ENOTEMPTY
    BAD_DESCRIPTOR = 9, // EBADF
    BROKEN_PIPE = 32,   // EPIPE
    NO_CHILD = 10,      // ECHILD
    NO_PROCESS = 3,     // ESRCH
    INTERRUPTED = 4,    // EINTR
    INPUT_OUTPUT = 5,   // EIO
    BUSY = 26,          // ETXTBSY
};

// The one switch from Error to the ABI.
constexpr std::int64_t to_number(Error error) {
    switch (error) {
    case Error::bad_address:
    case Error::not_mapped:
        return -FAULT;
    case Error::not_permitted:
        return -PERMISSION;
    case Error::no_memory:
        return -NO_MEMORY;
    case Error::already_mapped:
        return -EXISTS;
    case Error::malformed:
        return -NOT_EXECUTABLE;
    case Error::not_found:
        return -NOT_FOUND;
    case Error::invalid:
        return -INVALID;
    case Error::would_block:
        return -AGAIN;
    case Error::no_space:
        return -NO_SPACE;
    case Error::too_many:
        return -TOO_MANY;
    case Error::too_large:
        return -TOO_LARGE;
    case Error::name_too_long:
        return -NAME_TOO_LONG;
    case Error::exists:
        return -EXISTS;
    case Error::is_directory:
        return -IS_DIRECTORY;
    case Error::not_directory:
        return -NOT_DIRECTORY;
    case Error::not_empty:
        return -NOT_EMPTY;
    case Error::bad_descriptor:
        return -BAD_DESCRIPTOR;
    case Error::broken_pipe:
        return -BROKEN_PIPE;
    case Error::no_child:
        return -NO_CHILD;
    case Error::no_process:
        return -NO_PROCESS;
    case Error::interrupted:
        return -INTERRUPTED;
    case Error::input_output:
        return -INPUT_OUTPUT;
    case Error::busy:
        return -BUSY;
    case Error::not_supported:
        return -NO_CALL;
    }
    return -INVALID;
}

// And back, for what arrives as a number in a message. Of errors with one number the more frequent;
// what is no error's number is itself invalid.
constexpr Error to_error(std::int64_t number) {
    switch (number) {
    case -FAULT:
        return Error::bad_address;
    case -PERMISSION:
        return Error::not_permitted;
    case -NO_MEMORY:
        return Error::no_memory;
    case -EXISTS:
        return Error::already_mapped;
    case -NOT_EXECUTABLE:
        return Error::malformed;
    case -NOT_FOUND:
        return Error::not_found;
    case -AGAIN:
        return Error::would_block;
    case -NO_SPACE:
        return Error::no_space;
    case -TOO_MANY:
        return Error::too_many;
    case -TOO_LARGE:
        return Error::too_large;
    case -NAME_TOO_LONG:
        return Error::name_too_long;
    case -IS_DIRECTORY:
        return Error::is_directory;
    case -NOT_DIRECTORY:
        return Error::not_directory;
    case -NOT_EMPTY:
        return Error::not_empty;
    case -BAD_DESCRIPTOR:
        return Error::bad_descriptor;
    case -BROKEN_PIPE:
        return Error::broken_pipe;
    case -NO_CHILD:
        return Error::no_child;
    case -NO_PROCESS:
        return Error::no_process;
    case -INTERRUPTED:
        return Error::interrupted;
    case -INPUT_OUTPUT:
        return Error::input_output;
    case -BUSY:
        return Error::busy;
    case -NO_CALL:
        return Error::not_supported;
    default:
        return Error::invalid;
    }
}
static_assert(to_error(to_number(Error::not_permitted)) == Error::not_permitted);

// The word in which a program finds what its call came to: the value, or the error's number.
constexpr std::uint64_t to_register(Error error) {
    return static_cast<std::uint64_t>(to_number(error));
}
constexpr std::uint64_t to_register(const Result<std::uint64_t>& result) {
    return result ? *result : to_register(result.error());
}
static_assert(to_register(Result<std::uint64_t>(5)) == 5);
static_assert(to_register(Error::no_memory) == ~std::uint64_t{0} - NO_MEMORY + 1);

} // namespace abi
