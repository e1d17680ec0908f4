// What the model's threads do to each other: capabilities given, spaces entered, registers.
// SPDX-License-Identifier: MIT
#include "model.hpp"

#include <algorithm>

namespace model {

namespace micro = abi::micro;
using State = Thread::State;

Result<std::uint64_t> Model::give(unsigned who) {
    const Registers& registers = threads[who].registers;
    const unsigned taker = caller_of(who, registers[reg::A0]);
    if (taker == NONE)
        return std::unexpected(Error::no_process);
    Thread& thread = threads[taker];
    const Capability* const own = held(who, registers[reg::A1], 0);
    const Shown& shown = thread.shown;
    if (thread.is_in_handler || !shown.accepts || shown.slot >= thread.slots || own == nullptr ||
        own->rights == 0)
        return std::unexpected(Error::not_permitted);
    Capability given = *own;
    given.rights &= registers[reg::A2];
    thread.capabilities[shown.slot] = given;
    return 0;
}

Result<std::uint64_t> Model::give_to_thread(unsigned who) {
    const Registers& registers = threads[who].registers;
    Thread& thread = threads[TRY(held_thread(who, registers[reg::A0], right::CONTROL))];
    const std::uint64_t its_slot = registers[reg::A1];
    if (its_slot >= thread.slots)
        return std::unexpected(Error::invalid);
    const Capability* const own = held(who, registers[reg::A2], 0);
    if (own == nullptr || own->rights == 0)
        return std::unexpected(Error::not_permitted);
    Capability given = *own;
    if ((own->rights & right::CONTROL) != 0)
        given.badge = registers[reg::A4];
    given.rights &= registers[reg::A3];
    thread.capabilities[its_slot] = given;
    if (its_slot == micro::MACHINE.raw())
        widen_if_due(thread);
    return 0;
}

Result<std::uint64_t> Model::set_space(unsigned who) {
    const Registers& registers = threads[who].registers;
    Thread& thread = threads[TRY(held_thread(who, registers[reg::A0], right::CONTROL))];
    thread.space = registers[reg::A1] == micro::NO_SPACE
                       ? NONE
                       : TRY(held_space(who, registers[reg::A1], right::ENTER));
    return 0;
}

Result<std::uint64_t> Model::read_registers(unsigned who) {
    const Registers& registers = threads[who].registers;
    TRY(held_thread(who, registers[reg::A0], right::CONTROL));
    TRY(reach_all(who, registers[reg::A1], sizeof(micro::ThreadContext), Access::store));
    store_unforeseen(who, registers[reg::A1], sizeof(micro::ThreadContext));
    return 0;
}

// The context was prepared by the director (operations.cpp): at the exception, with the name of the
// space where it is loaded from.
Result<std::uint64_t> Model::write_registers(unsigned who) {
    const Registers& registers = threads[who].registers;
    const unsigned target = TRY(held_thread(who, registers[reg::A0], right::CONTROL));
    Thread& thread = threads[target];
    if (target == who || thread.space == NONE)
        return std::unexpected(Error::invalid);
    TRY(reach_all(who, registers[reg::A1], sizeof(micro::ThreadContext), Access::load));
    cancel(target);
    const Mapping& page = *use(threads[who].space, registers[reg::A1], Access::load);
    const std::byte* const context = &frames[page.frame][registers[reg::A1] % PAGE_SIZE];
    std::copy_n(context + sizeof(std::uint64_t), sizeof(std::uint64_t) * (reg::COUNT - 1),
                reinterpret_cast<std::byte*>(&thread.registers[1]));
    thread.known = ~1U;
    thread.token_of = NONE;
    thread.has_exited = thread.loads_name = false;
    thread.state = State::runs;
    return 0;
}

Result<std::uint64_t> Model::describe_thread(unsigned who) {
    const Registers& registers = threads[who].registers;
    TRY(held_thread(who, registers[reg::A0], right::CONTROL));
    TRY(reach_all(who, registers[reg::A1], sizeof(micro::ThreadUse), Access::store));
    store_unforeseen(who, registers[reg::A1], sizeof(micro::ThreadUse));
    return 0;
}

} // namespace model
