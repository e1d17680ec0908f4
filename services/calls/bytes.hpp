// A program's bytes: copied as far as its pages are there, and mended where they are not.
// SPDX-License-Identifier: MIT
//
// A program names nothing but its own memory, and that is believed page by page, with the program's
// own rights. A page that is not there, or not writable yet, is mended as if the program had
// touched it, before or after a service is entered, never inside. Whatever cannot be mended is
// bad_address; but a disk that failed or is full is no fault of the program's: input_output,
// no_space.
#pragma once

#include "services/calls/placement.hpp"

#include "abi/calls/files.hpp"
#include "lib/codec.hpp"
#include "lib/text.hpp"

namespace call {

using world::Caller;

// Makes COUNT bytes at START of CALLER's memory ready for ACCESS, as far as one piece of a transfer
// reaches (PAGE_SIZE bytes, so that it cannot be that the first page is gone when the last one
// comes).
Result<void> mend_for(const Caller& caller, VirtAddr start, std::uint64_t count, Access access);

// Whether CALLER's memory at START is what kept a transfer of COUNT bytes from going on; then it is
// mended. There may be fewer bytes than room for them, so it is no matter yet what stands behind a
// page that could be mended. As mend_for: none could.
Result<bool> was_mended(const Caller& caller, VirtAddr start, std::uint64_t count, Access access);

// Copies between CALLER's memory and the service, up to PAGE_SIZE bytes: all or, in an error, not.
Result<void> copy_in(const Caller& caller, VirtAddr source, std::span<std::byte> destination);
Result<void> copy_out(const Caller& caller, VirtAddr destination, Bytes source);

// A plain struct out of and into the program's memory.
template <class T>
Result<T> read_in(const Caller& caller, std::uint64_t address) {
    std::array<std::byte, sizeof(T)> raw{};
    TRY(copy_in(caller, VirtAddr(address), raw));
    return load<T>(raw, 0);
}
template <class T>
Result<void> write_out(const Caller& caller, std::uint64_t address, const T& value) {
    std::array<std::byte, sizeof(T)> raw{};
    TRY(store(raw, 0, value));
    return copy_out(caller, VirtAddr(address), raw);
}

// A path that a call names by address and bytes.
class Path {
public:
    // too_large: longer than a path may be; as copy_in.
    Result<std::string_view> read(const Caller& caller, std::uint64_t address, std::uint64_t bytes);

private:
    Text<abi::PATH_BYTES> text_{};
};

} // namespace call
