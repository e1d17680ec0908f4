// Primitives for environments and their time.
// SPDX-License-Identifier: MIT
//
// Before: primitive in entry.S, by the table in entry.cpp. Next: task.cpp, schedule.cpp; then back
// to entry.S, or into another environment.
#include "authority.hpp"
#include "kernel.hpp"
#include "registers.hpp"
#include "syscall.hpp"

namespace {

using abi::exo::ReturnRegisters;

Result<abi::exo::Capability> create(std::uint64_t first) {
    return seal_environment(*TRY(create_environment(running_environment(), first)));
}

Result<void> create_behind(std::uint64_t first, std::uint64_t slot) {
    Environment& environment = running_environment();
    TRY(check_empty(environment, slot));
    const Environment& made = *TRY(create_environment(environment, first));
    environment.bindings.set(slot, name_of(made));
    return {};
}

Result<void> give_table_to(std::uint64_t target, VirtAddr address, std::uint64_t slot) {
    Environment& environment = running_environment();
    return give_table(environment, slot, *TRY(target_of(environment, target)), address);
}

Result<void> give_part_to(std::uint64_t target, std::uint64_t index, std::uint64_t slot) {
    Environment& environment = running_environment();
    return give_part(environment, slot, *TRY(target_of(environment, target)), index);
}

Result<void> graft_onto(std::uint64_t target, VirtAddr address, std::uint64_t slot) {
    Environment& environment = running_environment();
    return graft(environment, *TRY(target_of(environment, target)), address, slot);
}

// The save area is free from now on: exceptions can come.
Result<void> set_contexts(std::uint64_t target, VirtAddr contexts) {
    Environment& environment = running_environment();
    Environment& set = *TRY(target_of(environment, target));
    std::array<std::byte, sizeof(abi::exo::Contexts)> raw{};
    TRY(copy_from_user(environment.space, contexts, raw));
    set.contexts = std::bit_cast<abi::exo::Contexts>(raw);
    set.page->save.in_use = 0;
    return {};
}

Result<void> start(std::uint64_t target) {
    Environment& started = *TRY(target_of(running_environment(), target));
    if (started.state != Environment::State::made)
        return std::unexpected(Error::invalid);
    started.state = Environment::State::ready;
    return {};
}

// The first one's end is the machine's.
Result<void> destroy(std::uint64_t target) {
    Environment& running = running_environment();
    Environment& ended = *TRY(target_of(running, target));
    if (&ended == &kernel.environments.front() && &ended != &running)
        return std::unexpected(Error::not_permitted);
    if (&ended == &running)
        end_environment(0);
    destroy_environment(ended);
    return {};
}

Result<void> give_slice_to(std::uint64_t position, std::uint64_t target) {
    Environment& environment = running_environment();
    return give_slice(position, environment, *TRY(target_of(environment, target)));
}

Result<void> tell_end(std::uint64_t target, std::uint64_t word) {
    Environment& environment = running_environment();
    Environment& told = *TRY(target_of(environment, target));
    if (word == abi::exo::NONE) {
        told.forget_end_word();
        return {};
    }
    const PhysAddr place = TRY(word_of(environment, word));
    TRY(check_rights(environment.bindings.at(word / PAGE_SIZE), Rights::read_write()));
    told.set_end_word(place);
    return {};
}

// Returns where a term holds already, or there are too many.
Result<void> wait(std::uint64_t terms, std::uint64_t deadline) {
    Environment& environment = running_environment();
    if (terms > abi::exo::TERMS)
        return std::unexpected(Error::invalid);
    if (environment.caller != nullptr)
        return std::unexpected(Error::busy);
    set_waiting(environment, terms, deadline);
    if (!wait_is_over(environment))
        begin_next_slice();
    environment.state = Environment::State::ready;
    return {};
}

// Returns where the one that was named cannot run. A slice that is over has no rest to give: two
// environments could keep the processor by it.
Result<void> yield_to(std::uint64_t target) {
    Environment& running = running_environment();
    if (running.caller != nullptr)
        return std::unexpected(Error::busy);
    Environment& other = *TRY(target_of(running, target));
    if (&other == &running || kernel.time.ends_seen != 0)
        begin_next_slice();
    if (other.state == Environment::State::waiting && wait_is_over(other))
        other.state = Environment::State::ready;
    if (other.state != Environment::State::ready)
        return std::unexpected(Error::would_block);
    begin_rest_of_slice(other);
}

} // namespace

ReturnRegisters primitive_give_table(std::uint64_t target, std::uint64_t address,
                                     std::uint64_t slot, std::uint64_t) {
    return to_registers(give_table_to(target, VirtAddr(address), slot));
}

ReturnRegisters primitive_give_part(std::uint64_t target, std::uint64_t index, std::uint64_t slot,
                                    std::uint64_t) {
    return to_registers(give_part_to(target, index, slot));
}

ReturnRegisters primitive_graft(std::uint64_t target, std::uint64_t address, std::uint64_t slot,
                                std::uint64_t) {
    return to_registers(graft_onto(target, VirtAddr(address), slot));
}

ReturnRegisters primitive_create(std::uint64_t first, std::uint64_t slot, std::uint64_t,
                                 std::uint64_t) {
    if (slot != abi::exo::NONE)
        return to_registers(create_behind(first, slot));
    return to_registers(create(first));
}

ReturnRegisters primitive_set_contexts(std::uint64_t target, std::uint64_t contexts, std::uint64_t,
                                       std::uint64_t) {
    return to_registers(set_contexts(target, VirtAddr(contexts)));
}

ReturnRegisters primitive_start(std::uint64_t target, std::uint64_t, std::uint64_t, std::uint64_t) {
    return to_registers(start(target));
}

ReturnRegisters primitive_destroy(std::uint64_t target, std::uint64_t, std::uint64_t,
                                  std::uint64_t) {
    return to_registers(destroy(target));
}

ReturnRegisters primitive_give_slice(std::uint64_t position, std::uint64_t target, std::uint64_t,
                                     std::uint64_t) {
    return to_registers(give_slice_to(position, target));
}

ReturnRegisters primitive_wait(std::uint64_t terms, std::uint64_t deadline, std::uint64_t,
                               std::uint64_t) {
    return to_registers(wait(terms, deadline));
}

ReturnRegisters primitive_yield(std::uint64_t target, std::uint64_t, std::uint64_t, std::uint64_t) {
    return to_registers(yield_to(target));
}

ReturnRegisters primitive_alarm(std::uint64_t time, std::uint64_t, std::uint64_t, std::uint64_t) {
    set_alarm(time);
    return {0};
}

ReturnRegisters primitive_exit(std::uint64_t status, std::uint64_t how, std::uint64_t,
                               std::uint64_t) {
    if (how == static_cast<std::uint64_t>(abi::exo::Ending::cannot_begin))
        end_before_it_began();
    end_environment(status);
}

ReturnRegisters primitive_end_by_fault(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t) {
    end_after_fault();
}

ReturnRegisters primitive_tell_end(std::uint64_t target, std::uint64_t word, std::uint64_t,
                                   std::uint64_t) {
    return to_registers(tell_end(target, word));
}
