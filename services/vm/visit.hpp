// One visit of the service by a fault, from resolve to install, for placements with page tables.
// SPDX-License-Identifier: MIT
//
// For whoever has the lock around the service: a kernel's handler of faults, or behind_lock.hpp.
#pragma once

#include "services/vm/memory.hpp"

namespace vm {

// The page tables of spaces, beyond what vm::Memory asks of its placement.
template <class T>
concept SpaceTables = requires(T& translations, const T& constant, SpaceId space,
                               const Resolution& resolution) {
    // SPACE gets a table with nothing of a program's in it. no_memory.
    { translations.make_tables(space) } -> std::same_as<Result<void>>;
    // Gives SPACE's tables back, if it has any.
    translations.give_tables(space);
    // How many frames SPACE's tables take from where pages come from, too.
    { constant.tables(space) } -> std::same_as<std::uint64_t>;
    // The last step of mending: the placement's fault_install. no_memory, for a table.
    { translations.install(resolution) } -> std::same_as<Result<void>>;
};

// Tables that mapping one page may need, the root being there.
inline constexpr std::uint64_t TABLES_A_PAGE = 2;

inline Result<void> visit(Memory& memory, SpaceId space, const Fault& fault) {
    TRY(fault_resolve(memory, space, fault));
    TRY(fault_frame(memory));
    TRY(fault_fill(memory));
    return memory.translations.install(memory.resolution());
}

// After a visit that failed for the reason WHY. When the last free frames went into tables, room
// for some more is made, and once again.
[[gnu::cold, gnu::noinline]] inline Result<void> visit_with_room(Memory& memory, SpaceId space,
                                                                 const Fault& fault, Error why) {
    if (why != Error::no_memory)
        return std::unexpected(why);
    TRY(memory.make_room(TABLES_A_PAGE));
    return visit(memory, space, fault);
}

static_assert(SpaceTables<Translations>);

} // namespace vm
