// Spaces, threads and the machine, as servers hold them: the stubs of abi/micro/objects.hpp.
// SPDX-License-Identifier: MIT
//
// Errors are those of the operations there.
#pragma once

#include "kernels/micro/library/ipc.hpp"

#include "abi/micro/objects.hpp"

#include <span>
#include <string_view>

namespace micro {

namespace right = abi::micro::right;
namespace priority = abi::micro::priority;
using abi::micro::SpaceAction;
using abi::micro::SpaceItem;
using abi::micro::ThreadContext;
using abi::micro::ThreadUse;

inline std::uint64_t address_of(const void* object) {
    return reinterpret_cast<std::uint64_t>(object);
}

// The caller that waits under TOKEN accepts a capability: what is in SLOT, with RIGHTS of it.
inline Result<void> give(std::uint64_t token, CapSlot slot, std::uint64_t rights) {
    TRY(to_result(kernel_call(Operation::give, token, slot.raw(), rights)));
    return {};
}
inline Result<void> notify(CapSlot slot, std::uint64_t bits) {
    TRY(to_result(kernel_call(Operation::notify, slot.raw(), bits)));
    return {};
}

// --- spaces ---

inline Result<void> create_space(CapSlot slot) {
    TRY(to_result(kernel_call(Operation::create_space, slot.raw())));
    return {};
}
inline void destroy_space(CapSlot slot) { kernel_call(Operation::destroy_space, slot.raw()); }
// ITEMS lie in one page. How many were carried out.
inline Result<std::uint64_t> change_space(CapSlot slot, std::span<SpaceItem> items) {
    return to_result(
        kernel_call(Operation::change_space, slot.raw(), address_of(items.data()), items.size()));
}
// Faults from FIRST to END go to the thread behind PAGER, a slot or SELF.
inline Result<void> set_pager(CapSlot slot, VirtAddr first, VirtAddr end, std::uint64_t badge,
                              std::uint64_t pager = abi::micro::SELF) {
    TRY(to_result(
        kernel_call(Operation::set_pager, slot.raw(), first.raw(), end.raw(), badge, pager)));
    return {};
}
inline std::uint64_t count_tables(CapSlot slot) {
    return kernel_call(Operation::count_tables, slot.raw());
}
inline Result<void> give_table(Page page) {
    TRY(to_result(kernel_call(Operation::give_table, page.start().raw())));
    return {};
}
inline Result<Page> take_table() {
    return Page::containing(VirtAddr(TRY(to_result(kernel_call(Operation::take_table)))));
}

// --- threads ---

inline Result<void> create_thread(CapSlot slot, std::uint64_t badge, std::uint64_t its_priority) {
    TRY(to_result(kernel_call(Operation::create_thread, slot.raw(), badge, its_priority)));
    return {};
}
inline void destroy_thread(CapSlot slot) { kernel_call(Operation::destroy_thread, slot.raw()); }
inline Result<void> set_space(CapSlot slot, std::uint64_t space_slot) {
    TRY(to_result(kernel_call(Operation::set_space, slot.raw(), space_slot)));
    return {};
}
inline Result<ThreadContext> read_registers(CapSlot slot) {
    ThreadContext context;
    TRY(to_result(kernel_call(Operation::read_registers, slot.raw(), address_of(&context))));
    return context;
}
// The thread runs from now on.
inline Result<void> write_registers(CapSlot slot, const ThreadContext& context) {
    TRY(to_result(kernel_call(Operation::write_registers, slot.raw(), address_of(&context))));
    return {};
}
inline Result<void> give_to_thread(CapSlot slot, CapSlot its_slot, CapSlot own_slot,
                                   std::uint64_t rights, std::uint64_t badge = 0) {
    TRY(to_result(kernel_call(Operation::give_to_thread, slot.raw(), its_slot.raw(), own_slot.raw(),
                              rights, badge)));
    return {};
}
inline void name_thread(CapSlot slot, std::string_view name) {
    kernel_call(Operation::name_thread, slot.raw(), address_of(name.data()), name.size());
}
inline Result<ThreadUse> describe_thread(CapSlot slot) {
    ThreadUse use{};
    TRY(to_result(kernel_call(Operation::describe_thread, slot.raw(), address_of(&use))));
    return use;
}

// The thread has its turns from the one behind SCHEDULER, or from the kernel (NO_SCHEDULER).
inline Result<void> set_scheduler(CapSlot slot, std::uint64_t scheduler, std::uint64_t tag,
                                  std::uint64_t bits) {
    TRY(to_result(kernel_call(Operation::set_scheduler, slot.raw(), scheduler, tag, bits)));
    return {};
}
// Of a thread, by its token, which has its turns from the caller.
inline void end_turn(std::uint64_t token) { kernel_call(Operation::end_turn, token); }
struct TurnUse {
    bool has_turn;
    std::uint64_t ticks;
};
inline Result<TurnUse> use_of(std::uint64_t token) {
    const std::uint64_t word = TRY(to_result(kernel_call(Operation::use_of, token)));
    return TurnUse{(word & 1) != 0, word >> 1};
}

// --- the machine ---

// N pages from PAGE on in a space are those from PHYSICAL_PAGE on.
inline Result<void> map_memory(CapSlot space, Page page, std::uint64_t physical_page,
                               std::uint64_t count, Rights rights) {
    TRY(to_result(kernel_call(Operation::map_memory, space.raw(), page.start().raw() | rights.raw(),
                              physical_page, count)));
    return {};
}
inline Result<void> bind_interrupt(std::uint64_t source, std::uint64_t bit) {
    TRY(to_result(kernel_call(Operation::bind_interrupt, source, bit)));
    return {};
}
inline Result<PhysAddr> pin(std::uint64_t token, std::uint64_t offset, Access access) {
    return PhysAddr(TRY(
        to_result(kernel_call(Operation::pin, token, offset, static_cast<std::uint64_t>(access)))));
}
inline void unpin() { kernel_call(Operation::unpin); }
[[noreturn]] inline void end_machine(std::uint64_t status) {
    kernel_call(Operation::end_machine, status);
    __builtin_trap();
}

} // namespace micro
