// Keeping frames free while others run: a thread that evicts, and the lock that lets it go first.
// SPDX-License-Identifier: MIT
//
// For a kernel and for an extension, which have threads. A server pages out between its requests.
#pragma once

#include "services/io/turn.hpp"
#include "services/vm/memory.hpp"

namespace vm {

// The thread as its placement has it.
template <class D>
concept PageOutDaemon = requires {
    { D::memory() } -> std::same_as<Memory&>;
    // The lock around it, as the daemon takes it: that does not let itself go first.
    requires io::Lock<std::remove_cvref_t<decltype(D::lock())>>;
    D::wake();  // the daemon
    D::sleep(); // the daemon itself, until it is woken
    D::yield(); // lets others run first
};

// Lock L around a Memory with a daemon D. Whoever gives it back while frames are short lets the
// daemon go first: else he would take the last ones and evict by himself, one page a fault.
template <io::Lock L, class D>
class LockWithDaemon : public L {
public:
    void release() {
        const bool is_short = D::memory().needs_page_out();
        L::release();
        if (is_short) [[unlikely]]
            let_page_out();
    }

private:
    [[gnu::cold, gnu::noinline]] static void let_page_out() {
        D::wake();
        D::yield();
    }
};

inline constexpr std::uint64_t EVICTIONS_A_STEP = 8; // before others get the lock

// Whether there is more to evict. When the swap device fails, faults say so; here it is tried again
// at the next need.
template <PageOutDaemon D>
bool page_out_a_step() {
    const io::Turn memory(D::lock());
    const Result<std::uint64_t> evicted = D::memory().page_out(EVICTIONS_A_STEP);
    return evicted && *evicted != 0;
}

// What the daemon does over and over.
template <PageOutDaemon D>
void page_out_and_sleep() {
    while (page_out_a_step<D>())
        D::yield(); // or it would have the lock again before whoever waits for it
    D::sleep();
}

} // namespace vm
