// The extension `pager`: its state, and the event that it handles.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/spin/extensions/pager/instance.hpp"
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/lock.hpp"

#include "services/advice/advised.hpp"
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
    std::array<Instance, 2> instances{};
    vm::Advised<Lock, Instance, 2> advised{memory, service, lock, instances};
    spin::StrandReference daemon;
    bool is_daemon_asleep = false;

    // Makes the tables, of memory that QUOTA pays for, and the daemon. no_memory, too_many.
    Result<void> start(spin::FrameQuota quota);
    // All spaces are gone, and virtual memory behaves as CONFIGURATION says from now on. invalid.
    Result<void> set_up(const vm::Configuration& configuration);

    // A frame that programs do without, for whoever asked the kernel; none: the daemon has been
    // asked to find some. It waits for nothing.
    spin::FrameCapability take_spared();
    // By the daemon: puts frames aside, if take_spared missed them and programs were not promised
    // all that there are. Programs have fewer then.
    void spare_frames();

    std::uint64_t most_frames() const { return tables.frames.size() - 1; }
    // Faults of SPACE are asked whether an instance holds their page (advice.cpp).
    Result<void> guard(vm::SpaceId space);

private:
    // How many frames more programs may use than there would be for them without SPARED.
    std::uint64_t promised_beyond(std::uint64_t spared) const;
    void start_over();

    std::array<spin::FrameCapability, 16> spared_{};
    std::size_t spared_count_ = 0;
    bool is_asked_for_frames_ = false;
    // By space: the context that asks for its instances first.
    std::array<spin::TranslationContext, pager::SPACES> guarded_{};
};

Pager& the_pager();

// Translation.PageNotPresent, of every space.
Result<void> page_not_present(const spin::PageNotPresent& event);
