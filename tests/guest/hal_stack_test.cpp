// Kernel stacks with guard pages: mapped, used, given back; and what an overflow looks like.
// SPDX-License-Identifier: MIT
//
// An overflow ends the machine, so tests/machine/kernel_stack_test.cpp starts this kernel once for
// each (program=overflow, program=boot-overflow) and reads the words.
#include "hal_stack_test.hpp"

#include "hal_world.hpp"
#include "test.hpp"

#include "arch/riscv/kernel_stack_area.hpp"

namespace {

KernelStackFrames take_frames() {
    KernelStackFrames frames;
    for (Frame& frame : frames)
        frame = world.take_zeroed();
    return frames;
}

// Uses the stack, 64 bytes and more a call, until it ends.
[[gnu::noipa]] std::uint64_t recurse(std::uint64_t depth) {
    volatile std::uint64_t local[8] = {depth};
    return depth == 0 ? 0 : recurse(depth + 1) + local[0];
}

void recurse_forever() {
    recurse(1);
    panic("a stack without end");
}

void come_back() { switch_context(world.gone, world.back); }

// Runs FUNCTION, which does not return, on STACK until it switches to world.back.
void run_on(const KernelStackPlace& stack, void (*function)()) {
    KernelContext start;
    start.ra = reinterpret_cast<std::uint64_t>(function);
    start.sp = stack.end().raw();
    switch_context(world.back, start);
}

} // namespace

TEST_CASE("a kernel stack is mapped once, and its frames come back") {
    const KernelStackFrames frames = take_frames();
    CHECK(map_kernel_stack(KERNEL_STACK_COUNT, frames).error() == Error::invalid);
    const auto place = map_kernel_stack(2, frames);
    REQUIRE(place.has_value());
    CHECK(map_kernel_stack(2, frames).error() == Error::already_mapped);
    CHECK(kernel_stack_guarded_at(place->guard().start()) == 2U);
    CHECK(kernel_stack_guarded_at(place->end()) == 3U); // the next one's guard
    CHECK(!kernel_stack_guarded_at(place->first().start()).has_value());
    const auto given = unmap_kernel_stack(2);
    REQUIRE(given.has_value());
    CHECK(*given == frames);
    CHECK(unmap_kernel_stack(2).error() == Error::not_mapped);
}

TEST_CASE("the last kernel stack can be run on, in any address space") {
    const auto place = map_kernel_stack(KERNEL_STACK_COUNT - 1, take_frames());
    REQUIRE(place.has_value());
    run_on(*place, come_back); // world.root, made before the stack was mapped, is in force
    CHECK(world.gone.sp >= place->first().start().raw());
    CHECK(world.gone.sp < place->end().raw());
    CHECK(unmap_kernel_stack(KERNEL_STACK_COUNT - 1).has_value());
}

void overflow_kernel_stack() {
    // Cannot fail: nothing is mapped there, and all memory is free.
    run_on(MUST(map_kernel_stack(3, take_frames())), recurse_forever);
}

void overflow_boot_stack() { recurse_forever(); }
