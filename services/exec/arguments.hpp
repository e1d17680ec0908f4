// A program's arguments on their way from one address space to the next.
// SPDX-License-Identifier: MIT
#pragma once

#include "abi/calls/files.hpp"
#include "abi/calls/system_calls.hpp"
#include "lib/address.hpp"
#include "lib/codec.hpp"

#include <array>
#include <string_view>

namespace exec {

class Arguments {
public:
    void clear() { used_ = count_ = 0; }
    // too_large: more than abi::ARGUMENT_COUNT texts, or more than abi::ARGUMENT_BYTES in all.
    Result<void> add(std::string_view text);
    // Room for one more text of BYTES, to be filled in. too_large, as above.
    Result<std::span<std::byte>> add_room(std::uint64_t bytes);

    std::size_t count() const { return count_; }
    // All texts, one behind the other.
    Bytes bytes() const { return std::span(bytes_).first(used_); }

    // Where they lie on a stack that ends at END: the texts on top, their views below, where the
    // stack pointer begins (aligned as the RISC-V psABI wants it).
    struct Place {
        VirtAddr texts;
        VirtAddr views;
    };
    Place below(VirtAddr end) const;
    // A view of each, for texts that lie from START on.
    std::array<abi::TextView, abi::ARGUMENT_COUNT> views(VirtAddr start) const;

private:
    std::array<std::byte, abi::ARGUMENT_BYTES> bytes_{};
    std::array<std::uint16_t, abi::ARGUMENT_COUNT> sizes_{};
    std::uint16_t used_ = 0;
    std::uint16_t count_ = 0;
};

} // namespace exec
