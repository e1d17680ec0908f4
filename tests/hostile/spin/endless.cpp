// Extensions that do not come back, or come back late: the deadline (kernels/spin/deadline.hpp).
// SPDX-License-Identifier: MIT
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/strand.hpp"
#include "kernels/spin/interface/trap.hpp"

#include <array>
#include <initializer_list>

using spin::PageNotPresent;

extern "C" {
// extension.cpp
Result<void> behave(const PageNotPresent& event);
Result<void> serves_well(const PageNotPresent& event);
Result<void> start_that_works(spin::FrameQuota quota, const spin::Program& program);
}

namespace {

constexpr std::uint64_t A_THIRD = 3'500'000; // of a second, in ticks of `time` on this machine

[[noreturn]] void loop() {
    for (;;) {
    }
}

bool loop_in_a_guard(const PageNotPresent&) { loop(); }

void work_for_a_third() {
    const std::uint64_t end = strand_time() + A_THIRD;
    while (strand_time() < end) {
    }
}

void wait_a_moment() { strand_block_until(strand_time() + 10); }

} // namespace

extern "C" {

Result<void> loops_for_ever(const PageNotPresent&) { loop(); }

Result<void> asks_for_ever(const PageNotPresent&) {
    for (;;)
        static_cast<void>(strand_time());
}

// Nearly always in the kernel's code.
Result<void> zeroes_for_ever(const PageNotPresent&) {
    alignas(PAGE_SIZE) static std::array<std::byte, PAGE_SIZE> page{};
    for (;;)
        zero_page(page);
}

// Each level asks the kernel; so the stack comes to its end there first.
Result<void> asks_at_every_depth(const PageNotPresent& event) {
    static decltype(&behave) volatile again = asks_at_every_depth; // the compiler does not know
    if (strand_time() == 0)
        return {};
    TRY(again(event));
    return strand_time() == 0 ? Result<void>(std::unexpected(Error::invalid)) : Result<void>();
}

Result<void> works_long_and_pauses(const PageNotPresent& event) {
    static bool is_first = true;
    if (is_first) {
        is_first = false;
        for (void (*let_others)() : {strand_pause, strand_yield, wait_a_moment, strand_pause}) {
            work_for_a_third();
            let_others();
        }
    }
    return serves_well(event);
}

Result<void> start_that_loops(spin::FrameQuota, const spin::Program&) { loop(); }
// The program has what it needs until then.
Result<void> start_with_a_strand_that_loops(spin::FrameQuota quota, const spin::Program& program) {
    TRY(strand_create(quota, loop));
    return start_that_works(quota, program);
}
Result<void> start_with_a_guard_that_loops(spin::FrameQuota, const spin::Program& program) {
    return translation_install_page_not_present_guarded(program.context, loop_in_a_guard,
                                                        serves_well);
}

} // extern "C"
