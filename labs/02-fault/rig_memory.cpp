// Virtual memory for lab 2's rig: new for each query, over frames at a fixed place.
// SPDX-License-Identifier: MIT
//
// Next: rig_steps.cpp. What a student's code did to it in one query is gone in the next.
#include "rig.hpp"

#include "kernels/monolithic/kernel.hpp"

#include "abi/lab_fault.hpp"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/kernel_map.hpp"
#include "services/vm/sizes.hpp"

#include <algorithm>
#include <array>
#include <memory>

using fault_lab::FRAMES, fault_lab::POOL;

namespace {

// The tables may hold anything (services/vm/memory.hpp).
struct TableSource {
    Frames& frames;
    template <class T>
    Result<std::span<T>> take(std::uint64_t count) {
        return take_table<T>(frames, count);
    }
};

} // namespace

void renew_memory() {
    csr::write_satp(kernel_root(), sv39::Asid(0)); // the last query's tables are gone
    csr::fence_all();
    std::construct_at(&kernel.memory);
    for (vm::Space& space : kernel.spaces)
        std::construct_at(&space);
    Frames& frames = kernel.memory.frames;
    const Frame first = Frame::containing(PhysAddr(POOL));
    frames.adopt({first, first + FRAMES});
    TableSource source{frames};
    const auto storage = vm::make_storage(kernel.spaces, FRAMES, 0, source);
    if (!storage || !kernel.memory.set_up(*storage, {.pool = FRAMES / 2}))
        panic("the rig's own memory");
}

void soil_frames() {
    constexpr std::uint64_t DIRT = 0xd1d1d1d1d1d1d1d1;
    Frames& frames = kernel.memory.frames;
    std::array<vm::FrameIndex, 16> taken{};
    for (vm::FrameIndex& frame : taken) {
        frame = MUST(frames.take()); // memory is new
        auto* const words = reinterpret_cast<std::uint64_t*>(frames.bytes(frame).data());
        std::fill_n(words, PAGE_SIZE / sizeof(DIRT), DIRT);
    }
    for (const vm::FrameIndex frame : taken)
        frames.give(frame);
}
