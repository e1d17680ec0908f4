// Every check that somebody may do something.
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

// What THREAD may do with the machine.
inline bool may(const Thread& thread, std::uint64_t right) {
    return find_capability(thread, abi::micro::MACHINE, CapRights(right)) != nullptr;
}

// The thread behind THREAD's SLOT, for one of RIGHTS. not_permitted; no_process: it has ended.
inline Result<Thread*> held_thread(const Thread& thread, CapSlot slot, CapRights rights) {
    const Capability* const capability = find_capability(thread, slot, rights);
    if (capability == nullptr)
        return std::unexpected(Error::not_permitted);
    if (capability->receiver->token != capability->token)
        return std::unexpected(Error::no_process);
    return capability->receiver;
}

// The space behind THREAD's SLOT, for one of RIGHTS. not_permitted; no_process: it has ended.
inline Result<Space*> held_space(const Thread& thread, CapSlot slot, CapRights rights) {
    const Capability* const capability = find_capability(thread, slot, rights);
    if (capability == nullptr)
        return std::unexpected(Error::not_permitted);
    if (capability->space->token != capability->token)
        return std::unexpected(Error::no_process);
    return capability->space;
}

// THREAD's SLOT, to put a capability into. invalid: it has no such slot; exists: it is not empty.
inline Result<Capability*> empty_slot(Thread& thread, CapSlot slot) {
    if (slot.raw() >= thread.capabilities.size())
        return std::unexpected(Error::invalid);
    Capability& capability = thread.capabilities[slot.raw()];
    if (!capability.is_empty())
        return std::unexpected(Error::exists);
    return &capability;
}

// THREAD's own translation of PAGE, if it has at least RIGHTS there; else nullptr. One can pass on
// only what one has, and rights shrink, they never grow (L4). The same holds of memory that is
// named to the kernel (arch/riscv/user_memory.hpp).
inline const sv39::Pte* find_page(const Thread& thread, Page page, Rights rights) {
    return thread.space->find(page, rights);
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
