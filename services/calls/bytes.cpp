// The loops that mend a missing page in the middle of a copy.
// SPDX-License-Identifier: MIT
//
// Before: calls with addresses. Next: vm::Service::mend, which is the road of a fault.
#include "services/calls/bytes.hpp"

#include <algorithm>

namespace call {

Result<void> mend_for(const Caller& caller, VirtAddr start, std::uint64_t count, Access access) {
    const std::uint64_t piece = std::min(count, PAGE_SIZE);
    for (;;) {
        const VirtAddr missing = world::first_unreachable(*caller.space, start, piece, access);
        if (missing == start + piece)
            return {};
        const Result<void> mended =
            world::memory.mend(*caller.space, Fault{missing, missing, access});
        if (mended)
            continue;
        const bool of_disk =
            mended.error() == Error::input_output || mended.error() == Error::no_space;
        return std::unexpected(of_disk ? mended.error() : Error::bad_address);
    }
}

Result<bool> was_mended(const Caller& caller, VirtAddr start, std::uint64_t count, Access access) {
    const std::uint64_t piece = std::min(count, PAGE_SIZE);
    const VirtAddr missing = world::first_unreachable(*caller.space, start, piece, access);
    if (missing == start + piece)
        return false;
    const Result<void> mended = mend_for(caller, start, count, access);
    if (!mended && world::first_unreachable(*caller.space, start, piece, access) == missing)
        return std::unexpected(mended.error());
    return true;
}

Result<void> copy_in(const Caller& caller, VirtAddr source, std::span<std::byte> destination) {
    for (;;) {
        auto from = world::from(*caller.space, source);
        const Result<void> copied = from.get(destination);
        if (copied || copied.error() != Error::not_mapped)
            return copied;
        TRY(mend_for(caller, source, destination.size(), Access::load));
    }
}

Result<void> copy_out(const Caller& caller, VirtAddr destination, Bytes source) {
    for (;;) {
        auto into = world::into(*caller.space, destination);
        const Result<void> copied = into.put(source);
        if (copied || copied.error() != Error::not_mapped)
            return copied;
        TRY(mend_for(caller, destination, source.size(), Access::store));
    }
}

Result<std::string_view> Path::read(const Caller& caller, std::uint64_t address,
                                    std::uint64_t bytes) {
    if (bytes > abi::PATH_BYTES)
        return std::unexpected(Error::too_large);
    std::array<std::byte, 64> raw{};
    for (std::uint64_t done = 0; done < bytes; done += raw.size()) {
        const auto piece = std::span(raw).first(std::min(bytes - done, raw.size()));
        TRY(copy_in(caller, VirtAddr(address) + done, piece));
        TRY(text_.append(piece));
    }
    return text_.view();
}

} // namespace call
