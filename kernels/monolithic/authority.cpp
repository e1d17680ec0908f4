// User pointers, believed page by page, and mended where the program could have done it by a touch.
// SPDX-License-Identifier: MIT
//
// Before: system calls with addresses. Next: the road of a fault (fault.cpp), for what is missing.
#include "authority.hpp"

#include "fault.hpp"
#include "kernel.hpp"

#include <algorithm>

namespace {

const Space& tables_of(vm::SpaceId space) { return kernel.memory.translations[space]; }

} // namespace

Result<void> mend_for(vm::SpaceId space, VirtAddr start, std::uint64_t count, Access access) {
    const std::uint64_t piece = std::min(count, PAGE_SIZE);
    for (;;) {
        const VirtAddr missing = first_unreachable(tables_of(space), start, piece, access);
        if (missing == start + piece)
            return {};
        // Whatever is the matter, the program has no such memory as far as the call is concerned;
        // but a disk that failed or is full is no fault of the program's.
        const Result<void> mended = mend(space, Fault{missing, missing, access});
        if (mended)
            continue;
        const bool of_disk =
            mended.error() == Error::input_output || mended.error() == Error::no_space;
        return std::unexpected(of_disk ? mended.error() : Error::bad_address);
    }
}

Result<void> copy_in(vm::SpaceId space, VirtAddr source, std::span<std::byte> destination) {
    for (;;) {
        const Result<void> copied = copy_from_user(tables_of(space), source, destination);
        if (copied || copied.error() != Error::not_mapped)
            return copied;
        TRY(mend_for(space, source, destination.size(), Access::load));
    }
}

Result<void> copy_out(vm::SpaceId space, VirtAddr destination, Bytes source) {
    for (;;) {
        const Result<void> copied = copy_to_user(tables_of(space), destination, source);
        if (copied || copied.error() != Error::not_mapped)
            return copied;
        TRY(mend_for(space, destination, source.size(), Access::store));
    }
}

Result<std::string_view> Path::read(const Process& process, std::uint64_t address,
                                    std::uint64_t bytes) {
    if (bytes > text_.size())
        return std::unexpected(Error::too_large);
    const std::span<char> text = std::span(text_).first(bytes);
    TRY(copy_in(process.space, VirtAddr(address), std::as_writable_bytes(text)));
    return std::string_view(text.data(), text.size());
}
