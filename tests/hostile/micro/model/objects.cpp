// The model's capabilities, threads and spaces.
// SPDX-License-Identifier: MIT
#include "model.hpp"

#include <algorithm>

namespace model {

namespace {

namespace micro = abi::micro;
using State = Thread::State;

constexpr std::uint64_t OF_THREAD = right::SEND | right::NOTIFY | right::CONTROL;
constexpr std::uint64_t OF_SPACE = right::MANAGE | right::ENTER;
constexpr unsigned MOST_CREATORS = 4; // with many slots, the director counted

} // namespace

const Capability* Model::held(unsigned who, std::uint64_t slot, std::uint64_t rights) const {
    const Thread& thread = threads[who];
    if (slot >= thread.slots || slot >= Thread::SLOTS)
        return nullptr;
    const Capability& capability = thread.capabilities[slot];
    return (capability.rights & rights) == rights ? &capability : nullptr;
}

bool Model::may(unsigned who, std::uint64_t rights) const {
    return held(who, micro::MACHINE.raw(), rights) != nullptr;
}

Result<unsigned> Model::held_thread(unsigned who, std::uint64_t slot, std::uint64_t rights) const {
    const Capability* const capability = held(who, slot, rights);
    if (capability == nullptr)
        return std::unexpected(Error::not_permitted);
    if (is_stale(capability->object))
        return std::unexpected(Error::no_process);
    return capability->object.index;
}

Result<unsigned> Model::held_space(unsigned who, std::uint64_t slot, std::uint64_t rights) const {
    const Capability* const capability = held(who, slot, rights);
    if (capability == nullptr)
        return std::unexpected(Error::not_permitted);
    const Space& space = spaces[capability->object.index];
    if (!space.is_used || space.serial != capability->object.serial)
        return std::unexpected(Error::no_process);
    return capability->object.index;
}

Result<Capability*> Model::empty_slot(unsigned who, std::uint64_t slot) {
    Thread& thread = threads[who];
    if (slot >= thread.slots)
        return std::unexpected(Error::invalid);
    if (thread.capabilities[slot].rights != 0)
        return std::unexpected(Error::exists);
    return &thread.capabilities[slot];
}

void Model::widen_if_due(Thread& thread) {
    const std::uint64_t rights = thread.capabilities[micro::MACHINE.raw()].rights;
    const auto wide = std::ranges::count_if(threads, [](const Thread& other) {
        return other.state != State::none && other.slots == micro::MANY_SLOTS;
    });
    if ((rights & right::CREATE) != 0 && wide < MOST_CREATORS)
        thread.slots = micro::MANY_SLOTS;
}

unsigned Model::new_thread() {
    for (unsigned i = world::FIRST_PUPPET + world::PUPPETS; i < threads.size(); ++i)
        if (threads[i].state == State::none)
            return i;
    return NONE;
}

void Model::make_thread(unsigned thread, unsigned creator, std::uint64_t badge) {
    const std::uint64_t serial = threads[thread].serial + 1;
    threads[thread] = Thread{};
    threads[thread].serial = serial;
    threads[thread].state = State::dormant;
    threads[thread].slots = micro::FEW_SLOTS;
    threads[thread].capabilities[micro::HANDLER.raw()] = {ref(creator), badge, right::SEND};
}

Result<std::uint64_t> Model::create_thread(unsigned who) {
    const Registers& registers = threads[who].registers;
    if (!may(who, right::CREATE))
        return std::unexpected(Error::not_permitted);
    Capability& place = *TRY(empty_slot(who, registers[reg::A0]));
    if (registers[reg::A2] > micro::priority::USUAL) // which all puppets have
        return std::unexpected(Error::invalid);
    const unsigned thread = new_thread();
    make_thread(thread, who, registers[reg::A1]);
    place = {ref(thread), registers[reg::A1], OF_THREAD};
    return 0;
}

Result<std::uint64_t> Model::destroy_thread(unsigned who) {
    const std::uint64_t slot = threads[who].registers[reg::A0];
    const Capability* const capability = held(who, slot, right::CONTROL);
    if (capability == nullptr)
        return std::unexpected(Error::not_permitted);
    if (!is_stale(capability->object)) {
        if (capability->object.index == who)
            return std::unexpected(Error::busy);
        end(capability->object.index);
    }
    threads[who].capabilities[slot] = {};
    return 0;
}

bool Model::keeps_something(unsigned thread) const {
    for (const Space& space : spaces)
        if (space.is_used && space.manager == ref(thread))
            return true;
    for (unsigned i = world::FIRST_PUPPET + world::PUPPETS; i < threads.size(); ++i)
        if (threads[i].state != State::none &&
            threads[i].capabilities[micro::HANDLER.raw()].object == ref(thread))
            return true;
    return false;
}

unsigned Model::new_space() {
    for (unsigned i = world::HOMES; i < spaces.size(); ++i)
        if (!spaces[i].is_used)
            return i;
    return NONE;
}

Result<std::uint64_t> Model::make_space(unsigned space, unsigned manager) {
    if (threads[manager].free_tables == 0)
        return std::unexpected(Error::no_memory);
    threads[manager].free_tables -= 1;
    const std::uint64_t serial = spaces[space].serial + 1;
    spaces[space] = Space{};
    spaces[space].is_used = true;
    spaces[space].serial = serial;
    spaces[space].manager = ref(manager);
    spaces[space].tables = 1;
    return 0;
}

Result<std::uint64_t> Model::create_space(unsigned who) {
    if (!may(who, right::CREATE))
        return std::unexpected(Error::not_permitted);
    Capability& place = *TRY(empty_slot(who, threads[who].registers[reg::A0]));
    const unsigned space = new_space();
    TRY(make_space(space, who));
    place = {space_ref(space), 0, OF_SPACE};
    return 0;
}

void Model::empty_space(unsigned space) {
    threads[payer_of(spaces[space])].free_tables += spaces[space].tables;
    const std::uint64_t serial = spaces[space].serial;
    spaces[space] = Space{};
    spaces[space].serial = serial;
    for (Thread& thread : threads)
        if (thread.space == space)
            thread.space = NONE;
}

Result<std::uint64_t> Model::destroy_space(unsigned who) {
    const std::uint64_t slot = threads[who].registers[reg::A0];
    const Capability* const capability = held(who, slot, right::MANAGE);
    if (capability == nullptr)
        return std::unexpected(Error::not_permitted);
    if (held_space(who, slot, right::MANAGE)) {
        if (threads[who].space == capability->object.index)
            return std::unexpected(Error::busy);
        empty_space(capability->object.index);
    }
    threads[who].capabilities[slot] = {};
    return 0;
}

Result<std::uint64_t> Model::operate(unsigned who) {
    using micro::Operation;
    const Registers& registers = threads[who].registers;
    switch (static_cast<Operation>(registers[reg::A7])) {
    case Operation::copy_in:
        return copy(who, true);
    case Operation::copy_out:
        return copy(who, false);
    case Operation::reach:
        return reach(who);
    case Operation::notify: {
        const unsigned to = TRY(held_thread(who, registers[reg::A0], right::NOTIFY));
        notify(to, registers[reg::A1] << 1 >> 1); // the top bit is the kernel's
        return 0;
    }
    case Operation::give:
        return give(who);
    case Operation::give_to_thread:
        return give_to_thread(who);
    case Operation::create_thread:
        return create_thread(who);
    case Operation::destroy_thread:
        return destroy_thread(who);
    case Operation::create_space:
        return create_space(who);
    case Operation::destroy_space:
        return destroy_space(who);
    case Operation::set_space:
        return set_space(who);
    case Operation::change_space:
        return change_space(who);
    case Operation::count_tables:
        return spaces[TRY(held_space(who, registers[reg::A0], right::MANAGE))].tables;
    case Operation::give_table:
        return give_table(who);
    case Operation::take_table:
        return take_table(who);
    case Operation::read_registers:
        return read_registers(who);
    case Operation::write_registers:
        return write_registers(who);
    case Operation::describe_thread:
        return describe_thread(who);
    case Operation::name_thread:
        TRY(held_thread(who, registers[reg::A0], right::CONTROL));
        TRY(reach_all(who, registers[reg::A1], std::min<std::uint64_t>(registers[reg::A2], 15),
                      Access::load));
        return 0;
    case Operation::map_memory:
    case Operation::bind_interrupt:
    case Operation::pin:
    case Operation::end_machine: // no puppet has the right
        return std::unexpected(Error::not_permitted);
    default:
        return std::unexpected(Error::invalid);
    }
}

} // namespace model
