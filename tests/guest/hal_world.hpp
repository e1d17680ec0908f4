// What the files of the HAL's test kernel share: its state, and frames to take.
// SPDX-License-Identifier: MIT
//
// hal_test.cpp fills it in and drops into user mode; hal_space_test.cpp makes address spaces.
#pragma once

#include "arch/riscv/boot_info.hpp"
#include "arch/riscv/context.hpp"
#include "arch/riscv/direct_map.hpp"
#include "arch/riscv/trap_frame.hpp"

#include <array>

enum class Trap : std::uint8_t { none, syscall, page_fault, exception, timer, device };

struct World {
    BootInfo boot;
    Hart hart;
    Frame next_frame;
    Frame root;
    KernelContext back;
    KernelContext gone;
    Trap trap = Trap::none;
    std::uint64_t cause = 0;
    std::uint64_t value = 0;
    alignas(16) std::array<std::byte, 4096> stack{};
    TrapFrame frame{};

    Frame take_zeroed() {
        const Frame frame = next_frame;
        next_frame = frame + 1;
        zero_page(frame_bytes(frame));
        return frame;
    }
};
extern constinit World world;

struct TestTables : DirectTables {
    Result<Frame> new_table() { return world.take_zeroed(); }
};
