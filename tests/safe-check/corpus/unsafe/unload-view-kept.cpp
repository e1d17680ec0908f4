// An extension that others import from keeps a view that a caller handed in.
// SPDX-License-Identifier: MIT
//
// gate: runtime
// breaks: the caller is unloaded; this one lives on, and writes into memory that is a fresh
// extension's.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/files.hpp"

namespace {

struct Kept {
    std::span<std::byte> room{};
};
constinit Kept kept{};

} // namespace

Result<void> files::read_page(Inode, std::uint64_t, std::uint64_t, PageBytes page) {
    kept.room = page;
    return {};
}

Result<void> files::sync() {
    for (std::byte& byte : kept.room)
        byte = std::byte{0xff};
    return {};
}

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program&) { return {}; }
