// Collecting arguments, and laying them out on a stack.
// SPDX-License-Identifier: MIT
#include "services/exec/arguments.hpp"

namespace exec {

namespace {

constexpr std::uint64_t STACK_ALIGNMENT = 16; // RISC-V psABI, "Integer Calling Convention"

} // namespace

Result<std::span<std::byte>> Arguments::add_room(std::uint64_t bytes) {
    if (count_ == sizes_.size() || bytes > bytes_.size() - used_)
        return std::unexpected(Error::too_large);
    const std::span<std::byte> room = std::span(bytes_).subspan(used_, bytes);
    sizes_[count_++] = static_cast<std::uint16_t>(bytes);
    used_ = static_cast<std::uint16_t>(used_ + bytes);
    return room;
}

Result<void> Arguments::add(std::string_view text) {
    const std::span<std::byte> room = TRY(add_room(text.size()));
    for (std::size_t i = 0; i < text.size(); ++i)
        room[i] = std::byte{static_cast<unsigned char>(text[i])};
    return {};
}

Arguments::Place Arguments::below(VirtAddr end) const {
    const std::uint64_t texts = end.raw() - used_;
    const std::uint64_t views = texts - count_ * sizeof(abi::TextView);
    return {VirtAddr(texts), VirtAddr(views & ~(STACK_ALIGNMENT - 1))};
}

std::array<abi::TextView, abi::ARGUMENT_COUNT> Arguments::views(VirtAddr start) const {
    std::array<abi::TextView, abi::ARGUMENT_COUNT> all{};
    for (std::size_t i = 0; i < count_; ++i) {
        all[i] = {start.raw(), sizes_[i]};
        start = start + sizes_[i];
    }
    return all;
}

} // namespace exec
