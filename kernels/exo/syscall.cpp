// The primitives: each asks its gate or its role file, and answers in two registers.
// SPDX-License-Identifier: MIT
//
// Before: entry.S, through the table in entry.cpp. The caller's side is libos/primitives.hpp.
#include "syscall.hpp"

#include "authority.hpp"
#include "fault.hpp"
#include "kernel.hpp"

#include "abi/errors.hpp"

namespace {

using abi::exo::Capability;
using abi::exo::ReturnRegisters;

ReturnRegisters to_registers(const Result<void>& result) {
    if (!result) [[unlikely]]
        return {abi::to_register(result.error())};
    return {0};
}

ReturnRegisters to_registers(const Result<Capability>& result) {
    if (!result)
        return {abi::to_register(result.error())};
    return {result->name, result->authenticator};
}

} // namespace

ReturnRegisters primitive_unknown(std::uint64_t, std::uint64_t, std::uint64_t) {
    return {abi::to_register(Error::invalid)};
}

ReturnRegisters primitive_allocate(std::uint64_t frame, std::uint64_t, std::uint64_t) {
    return to_registers(allocate(running_environment(), Frame(frame)));
}

ReturnRegisters primitive_deallocate(std::uint64_t name, std::uint64_t authenticator,
                                     std::uint64_t) {
    return to_registers(deallocate({name, authenticator}));
}

ReturnRegisters primitive_bind(std::uint64_t name, std::uint64_t authenticator,
                               std::uint64_t slot) {
    return to_registers(bind(running_environment(), {name, authenticator}, slot));
}

ReturnRegisters primitive_unbind(std::uint64_t slot, std::uint64_t, std::uint64_t) {
    return to_registers(unbind(running_environment(), slot));
}

// The one stage of a page fault in which the library OS needs the kernel.
ReturnRegisters primitive_install(std::uint64_t slot, std::uint64_t address,
                                  std::uint64_t installed_for) {
    const bool is_store = Rights::from_raw(installed_for >> 8).can_write();
    return to_registers(fault_install(running_environment(), slot, VirtAddr(address),
                                      Rights::from_raw(installed_for),
                                      is_store ? Access::store : Access::load));
}

ReturnRegisters primitive_remove(std::uint64_t address, std::uint64_t, std::uint64_t) {
    return to_registers(remove_translation(running_environment(), VirtAddr(address)));
}

ReturnRegisters primitive_write(std::uint64_t address, std::uint64_t count, std::uint64_t) {
    return to_registers(
        print_from_user(running_environment().addressing.space, VirtAddr(address), count));
}

// The save area is free from now on: exceptions can come.
ReturnRegisters primitive_set_exception_context(std::uint64_t entry, std::uint64_t, std::uint64_t) {
    ExceptionContext& context = running_environment().exception;
    context.entry = entry;
    context.page->save.in_use = 0;
    return {0};
}

ReturnRegisters primitive_sleep_until(std::uint64_t deadline, std::uint64_t, std::uint64_t) {
    sleep_until(deadline);
    return {0};
}

ReturnRegisters primitive_exit(std::uint64_t status, std::uint64_t, std::uint64_t) {
    end_environment(status);
}

ReturnRegisters primitive_end_by_fault(std::uint64_t, std::uint64_t, std::uint64_t) {
    end_after_fault();
}
