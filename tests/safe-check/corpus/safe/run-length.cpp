// Run-length encoding of a page, and back, with lengths checked on both ways.
// SPDX-License-Identifier: MIT
//
// Does: reads and writes spans by index, answers with the count of bytes or too_large.
#include "kernels/spin/interface/extension.hpp"

#include <array>

namespace {

Result<std::size_t> pack(std::span<std::byte> to, std::span<const std::byte> from) {
    std::size_t written = 0;
    for (std::size_t at = 0; at < from.size();) {
        std::size_t run = 1;
        while (at + run < from.size() && run < 255 && from[at + run] == from[at])
            ++run;
        if (to.size() - written < 2)
            return std::unexpected(Error::too_large);
        to[written++] = static_cast<std::byte>(run);
        to[written++] = from[at];
        at += run;
    }
    return written;
}

Result<std::size_t> unpack(std::span<std::byte> to, std::span<const std::byte> from) {
    std::size_t written = 0;
    for (std::size_t at = 0; at + 1 < from.size(); at += 2) {
        const std::size_t run = std::to_integer<std::size_t>(from[at]);
        if (to.size() - written < run)
            return std::unexpected(Error::malformed);
        for (std::byte& byte : to.subspan(written, run))
            byte = from[at + 1];
        written += run;
    }
    return written;
}

constinit std::array<std::byte, 512> packed{};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    const spin::FrameCapability frame = TRY(phys_addr_allocate(quota));
    zero_page(frame.bytes());
    const std::size_t size = TRY(pack(packed, frame.bytes()));
    const std::size_t again = TRY(unpack(frame.bytes(), std::span(packed).first(size)));
    return again == PAGE_SIZE ? phys_addr_deallocate(frame) : std::unexpected(Error::malformed);
}
