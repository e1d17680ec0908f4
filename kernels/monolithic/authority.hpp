// The gate: what a program may name, and how errors leave the kernel.
// SPDX-License-Identifier: MIT
//
// A program names nothing but its own memory, and that is believed page by page, with the program's
// own rights (arch/riscv/user_memory.hpp). A page that is not there, or not writable yet, is mended
// as if the program had touched it, before or after a service is entered, never inside (lock.hpp).
// Whatever cannot be mended is bad_address.
#pragma once

#include "task.hpp"

#include "abi/calls/files.hpp"
#include "abi/errors.hpp"
#include "arch/riscv/user_memory.hpp"

// A system call's result as the program finds it in a0: a value, or an error's number. One
// register, so that the shortest calls stay short.
class Answer {
public:
    constexpr Answer(std::uint64_t value) : raw_(value) {}
    constexpr Answer(std::unexpected<Error> failure)
        : raw_(static_cast<std::uint64_t>(abi::to_number(failure.error()))) {}
    constexpr Answer(const Result<std::uint64_t>& result)
        : raw_(result ? *result : Answer(std::unexpected(result.error())).raw()) {}
    constexpr std::uint64_t raw() const { return raw_; }

private:
    std::uint64_t raw_;
};

// Makes COUNT bytes at START ready for ACCESS in SPACE, as far as one piece of a transfer reaches
// (PAGE_SIZE bytes, so that it cannot be that the first page is gone when the last one comes).
Result<void> mend_for(vm::SpaceId space, VirtAddr start, std::uint64_t count, Access access);

// Copies between SPACE's program and the kernel, up to PAGE_SIZE bytes: all or, in an error, not.
Result<void> copy_in(vm::SpaceId space, VirtAddr source, std::span<std::byte> destination);
Result<void> copy_out(vm::SpaceId space, VirtAddr destination, Bytes source);

// A plain struct out of and into the program's memory.
template <class T>
Result<T> read_in(const Process& process, std::uint64_t address) {
    T value{};
    TRY(copy_in(process.space, VirtAddr(address), std::as_writable_bytes(std::span(&value, 1))));
    return value;
}
template <class T>
Result<void> write_out(const Process& process, std::uint64_t address, const T& value) {
    return copy_out(process.space, VirtAddr(address), std::as_bytes(std::span(&value, 1)));
}

// A path that a call names by address and bytes.
class Path {
public:
    // too_large: longer than a path may be; bad_address.
    Result<std::string_view> read(const Process& process, std::uint64_t address,
                                  std::uint64_t bytes);

private:
    std::array<char, abi::PATH_BYTES> text_;
};
