// The one routine that copies between domains is defined by the extension.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: foreign-declaration
// breaks: io::BufferDestination relies on it; now the copy keeps a view of each caller's buffer.
#include "kernels/spin/interface/extension.hpp"

#include "services/io/buffer.hpp"

#include <array>

constinit std::span<std::byte> last{};

void copy_across_domains(std::span<std::byte> destination, std::span<const std::byte>) {
    last = destination;
}

namespace {

void read() {
    std::array<std::byte, 64> room{};
    io::BufferDestination destination(room);
    static_cast<void>(destination.put(room));
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) {
    read();
    last[8] = std::byte{1};
    return {};
}
