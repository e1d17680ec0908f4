// Pagers that break: wrong errors, no answer, crashes, stores to where they should not.
// SPDX-License-Identifier: MIT
//
// Each is one behaviour; the linker says which (../CMakeLists.txt).
#include "pager.hpp"

#include "lib/panic.hpp"

using namespace hostile;
using abi::micro::Operation;

extern "C" {

void unimplemented(); // call.S
void behave(const Window& window);

[[noreturn]] void pager_start(std::uint64_t window, std::uint64_t pages) {
    behave({window, pages});
    panic("it came back");
}

void answers_with_a_huge_error(const Window&) {
    serve([](const Request&) { return Reply{.label = static_cast<std::uint64_t>(-100000)}; });
}
void answers_with_a_positive_error(const Window&) {
    serve([](const Request&) { return Reply{.label = 12345}; });
}
void answers_with_the_smallest_error(const Window&) {
    serve([](const Request&) { return Reply{.label = 1ULL << 63}; });
}

// Gives pages to nobody first, then serves, late and after naps, as a good one would.
void answers_nobody(const Window& window) {
    Frames frames(window);
    const auto receive = static_cast<std::uint64_t>(Operation::receive);
    call(receive, abi::micro::NOBODY, 100);
    Request request = reply_and_wait(gift(frames.take(), READ | WRITE, {0, 0x1e800000}));
    for (;;) {
        call(receive, abi::micro::NOBODY, 100);
        request = reply_and_wait(gift(frames.take(), READ | WRITE, request));
    }
}

void crashes_at_once(const Window&) { unimplemented(); }
void crashes_at_a_fault(const Window&) {
    reply_and_wait({});
    touch(0);
}
void jumps_away(const Window&) {
    reply_and_wait({});
    reinterpret_cast<void (*)()>(KERNEL_OFFSET + KERNEL_LOAD)();
}
void exits(const Window&) {
    reply_and_wait({});
    call(static_cast<std::uint64_t>(Operation::exit), 0);
}
void never_answers(const Window&) {
    reply_and_wait({});
    call(static_cast<std::uint64_t>(Operation::receive), abi::micro::NOBODY, abi::micro::FOR_EVER);
}

void computes_for_ever(const Window&) {
    for (volatile std::uint64_t turns = 0;;)
        turns = turns + 1;
}

void writes_past_its_window(const Window& window) {
    reply_and_wait({});
    touch(window.end());
}

// It may do with its frames what it likes: no page table and nothing of the program's is among
// them.
void scribbles_over_its_frames(const Window& window) {
    Frames frames(window);
    for (std::uint64_t at = window.start; at < window.end(); at += 512)
        *reinterpret_cast<volatile std::uint64_t*>(at) = ~0ULL;
    serve([&](const Request& request) { return gift(frames.take(), READ | WRITE, request); });
}

} // extern "C"

// Ends as a crash does.
void panic(std::string_view) {
    unimplemented();
    __builtin_unreachable();
}
