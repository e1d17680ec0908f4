// Operations on spaces, threads and the machine, as syscall.cpp decodes them.
// SPDX-License-Identifier: MIT
//
// What each does and says: abi/micro/objects.hpp. Authority is looked up there in the first line of
// each.
#pragma once

#include "task.hpp"

namespace objects {

// spaces.cpp
Result<std::uint64_t> create_space(Thread& caller, CapSlot slot);
Result<std::uint64_t> destroy_space(Thread& caller, CapSlot slot);
Result<std::uint64_t> change_space(Thread& caller, CapSlot slot, VirtAddr items,
                                   std::uint64_t count);
struct PagedPart {
    VirtAddr first;
    VirtAddr end;
    std::uint64_t badge;
    std::uint64_t pager; // a slot, or SELF
};
Result<std::uint64_t> set_pager(Thread& caller, CapSlot slot, const PagedPart& part);
Result<std::uint64_t> count_tables(const Thread& caller, CapSlot slot);
Result<std::uint64_t> give_table(Thread& caller, VirtAddr address);
Result<std::uint64_t> take_table(Thread& caller);
// WHERE: a page and rights.
Result<std::uint64_t> map_memory(Thread& caller, CapSlot slot, std::uint64_t where,
                                 std::uint64_t physical_page, std::uint64_t count);

// threads.cpp
Result<std::uint64_t> give(Thread& caller, std::uint64_t token, CapSlot slot, std::uint64_t rights);
Result<std::uint64_t> notify(Thread& caller, CapSlot slot, std::uint64_t bits);
Result<std::uint64_t> create_thread(Thread& caller, CapSlot slot, std::uint64_t badge,
                                    std::uint64_t priority);
Result<std::uint64_t> destroy_thread(Thread& caller, CapSlot slot);
Result<std::uint64_t> set_space(Thread& caller, CapSlot slot, std::uint64_t space_slot);
Result<std::uint64_t> read_registers(Thread& caller, CapSlot slot, VirtAddr context);
Result<std::uint64_t> write_registers(Thread& caller, CapSlot slot, VirtAddr context);
struct Gift {
    CapSlot slot; // of the giver's
    std::uint64_t rights;
    std::uint64_t badge;
};
Result<std::uint64_t> give_to_thread(Thread& caller, CapSlot slot, CapSlot its_slot,
                                     const Gift& gift);
Result<std::uint64_t> name_thread(Thread& caller, CapSlot slot, VirtAddr name, std::uint64_t bytes);
Result<std::uint64_t> describe_thread(Thread& caller, CapSlot slot, VirtAddr use);
Result<std::uint64_t> pin(Thread& caller, std::uint64_t token, std::uint64_t offset, Access access);

// turns.cpp
Result<std::uint64_t> set_scheduler(Thread& caller, CapSlot slot, std::uint64_t scheduler_slot,
                                    std::uint64_t tag, std::uint64_t bits);
Result<std::uint64_t> end_turn(const Thread& caller, std::uint64_t token);
Result<std::uint64_t> use_of(const Thread& caller, std::uint64_t token);

} // namespace objects
