// The extension `pager`: its state, and the event that it handles.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/lock.hpp"

#include "services/vm/behind_lock.hpp"
#include "services/vm/page_out.hpp"

// The page-out daemon: a strand of the pager's own (vm::LockWithDaemon).
struct PageOut {
    static vm::Memory& memory();
    static spin::SleepingLock& lock();
    static void wake();
    static void sleep();
    static void yield() { strand_yield(); }
};

struct Pager {
    using Lock = vm::LockWithDaemon<spin::SleepingLock, PageOut>;

    vm::Memory memory;
    Lock lock;
    vm::BehindLock<Lock> service{memory, lock};
    vm::Storage tables{}; // made once, for as much memory as there is
    spin::StrandReference daemon;
    bool is_daemon_asleep = false;

    // Makes the tables, of memory that QUOTA pays for, and the daemon. no_memory, too_many.
    Result<void> start(spin::FrameQuota quota);
    // All spaces are gone, and virtual memory behaves as CONFIGURATION says from now on. invalid.
    Result<void> set_up(const vm::Configuration& configuration);

private:
    void start_over();
};

Pager& the_pager();

// Translation.PageNotPresent, of every space.
Result<void> page_not_present(const spin::PageNotPresent& event);
