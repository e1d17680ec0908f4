// A class with an allocation function of its own, which make_table then calls.
// SPDX-License-Identifier: MIT
//
// gate: checker
// rule: new
// breaks: the placement form is looked for in the class: objects are made where it says.
#include "kernels/spin/interface/extension.hpp"

namespace {

struct Cell {
    std::uint64_t value = 0x4141414141414141;
    static void* operator new(std::size_t, void* place) {
        return static_cast<std::byte*>(place) + 0x10000;
    }
};

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota quota, const spin::Program&) {
    return spin::make_table<Cell>(quota, 8) ? Result<void>() : std::unexpected(Error::no_memory);
}
