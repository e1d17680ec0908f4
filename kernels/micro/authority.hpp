// The gate: what a thread may name, and with which right.
// SPDX-License-Identifier: MIT
//
// Three kinds of authority exist: a capability in one's table, a page in one's own space, and to be
// whom somebody waits for. Nothing here asks who a thread is.
#pragma once

#include "kernel.hpp"

#include "arch/riscv/user_memory.hpp"

// THREAD's capability in SLOT, if it carries RIGHTS; nullptr if it does not, or the slot is empty
// or none.
inline const Capability* find_capability(const Thread& thread, CapSlot slot, CapRights rights) {
    if (slot.raw() >= thread.capabilities.size()) [[unlikely]]
        return nullptr;
    const Capability& capability = thread.capabilities[slot.raw()];
    return capability.rights.contain(rights) ? &capability : nullptr;
}

// THREAD's own translation of PAGE, if it has at least RIGHTS there; else nullptr. One can pass on
// only what one has, and rights shrink, they never grow (L4). The same holds of memory that is
// named to the kernel (arch/riscv/user_memory.hpp).
inline const sv39::Pte* find_page(const Thread& thread, Page page, Rights rights) {
    return thread.space.find(page, rights);
}

// The thread of TOKEN. no_process: it has ended, or never was.
inline Result<Thread*> find_thread(std::uint64_t token) {
    const std::uint64_t number = token & Thread::NUMBER_BITS;
    if (number >= kernel.threads.size())
        return std::unexpected(Error::no_process);
    Thread& thread = kernel.threads[number];
    if (thread.token != token || thread.state == Thread::State::unused)
        return std::unexpected(Error::no_process);
    return &thread;
}

// Who waits for SERVER's answer under TOKEN; nullptr: nobody.
inline Thread* find_caller(const Thread& server, std::uint64_t token) {
    const std::uint64_t number = token & Thread::NUMBER_BITS;
    if (number >= kernel.threads.size()) [[unlikely]]
        return nullptr;
    Thread& thread = kernel.threads[number];
    const bool waits = thread.awaits() && thread.partner == &server && thread.token == token;
    return waits ? &thread : nullptr;
}
