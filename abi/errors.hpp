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
    default:
        return Error::invalid;
    }
}
static_assert(to_error(to_number(Error::not_permitted)) == Error::not_permitted);

} // namespace abi
