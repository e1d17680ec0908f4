// What puppets are made to do: operations by chance, of which some can succeed and many must not.
// SPDX-License-Identifier: MIT
//
// What the model could not follow is not chosen: a thread that loses its code or its handler, and
// objects that nobody could end any more.
#include "director.hpp"

using abi::micro::SpaceAction;
using abi::micro::SpaceItem;
using micro::Operation;
using model::NONE;
using world::Registers;
namespace reg = world::reg;
namespace right = abi::micro::right;

namespace {

struct Named {
    Operation operation;
    std::uint64_t weight;
    std::string_view name;
};
constexpr std::array OPERATIONS{
    Named{Operation::call, 26, "call"},
    Named{Operation::reply_and_wait, 18, "reply_and_wait"},
    Named{Operation::reply, 12, "reply"},
    Named{Operation::receive, 16, "receive"},
    Named{Operation::exit, 1, "exit"},
    Named{Operation::copy_in, 16, "copy_in"},
    Named{Operation::copy_out, 16, "copy_out"},
    Named{Operation::reach, 6, "reach"},
    Named{Operation::notify, 7, "notify"},
    Named{Operation::give, 14, "give"},
    Named{Operation::give_to_thread, 5, "give_to_thread"},
    Named{Operation::create_thread, 3, "create_thread"},
    Named{Operation::destroy_thread, 1, "destroy_thread"},
    Named{Operation::create_space, 5, "create_space"},
    Named{Operation::destroy_space, 2, "destroy_space"},
    Named{Operation::set_space, 3, "set_space"},
    Named{Operation::change_space, 8, "change_space"},
    Named{Operation::count_tables, 1, "count_tables"},
    Named{Operation::give_table, 4, "give_table"},
    Named{Operation::take_table, 2, "take_table"},
    Named{Operation::read_registers, 2, "read_registers"},
    Named{Operation::write_registers, 3, "write_registers"},
    Named{Operation::name_thread, 1, "name_thread"},
    Named{Operation::describe_thread, 1, "describe_thread"},
    Named{Operation::map_memory, 1, "map_memory"},
    Named{Operation::bind_interrupt, 1, "bind_interrupt"},
    Named{Operation::pin, 1, "pin"},
    Named{Operation::end_machine, 1, "end_machine"},
    Named{static_cast<Operation>(99), 1, "none that there is"},
};

constexpr std::uint64_t weights() {
    std::uint64_t sum = 0;
    for (const Named& named : OPERATIONS)
        sum += named.weight;
    return sum;
}

Operation some_operation(Random& random) {
    std::uint64_t chance = random.below(weights());
    for (const Named& named : OPERATIONS) {
        if (chance < named.weight)
            return named.operation;
        chance -= named.weight;
    }
    return Operation::call;
}

// Of the capability in the slot that it names first.
std::uint64_t needed_by(Operation operation) {
    switch (operation) {
    case Operation::notify:
        return right::NOTIFY;
    case Operation::count_tables:
    case Operation::destroy_space:
        return right::MANAGE;
    default:
        return right::CONTROL;
    }
}

} // namespace

std::string_view name_of(std::uint64_t operation) {
    for (const Named& named : OPERATIONS)
        if (static_cast<std::uint64_t>(named.operation) == (operation & abi::micro::OPERATION_BITS))
            return named.name;
    return "stopped by the director";
}

bool Director::prepare_message(unsigned who, Registers& registers) {
    std::uint64_t flags = random_.happens(30) ? abi::micro::LONG : 0;
    registers[reg::A0] &= ~(1ULL << 63);
    switch (static_cast<Operation>(registers[reg::A7])) {
    case Operation::call: {
        if (random_.happens(3))
            registers[reg::A0] |= 1ULL << 63; // a label of the kernel's
        registers[reg::A6] = some_slot_with(who, right::SEND);
        if (random_.happens(65)) {
            flags |= random_.below(8) * abi::micro::READABLE; // and WRITABLE, WHOLE
            registers[reg::A4] = some_address();
            registers[reg::A5] = random_.one_of({8, 100, PAGE_SIZE, 3 * PAGE_SIZE, ~0ULL});
        }
        if (random_.happens(20)) {
            flags |= abi::micro::PASSED_ON;
            registers[reg::A3] = some_token(who, static_cast<Operation>(registers[reg::A7]));
            registers[reg::A4] = random_.happens(70) ? 8 * random_.below(8) : registers[reg::A4];
        }
        if (random_.happens(30))
            flags |= abi::micro::accepts(random_.one_of({1, 2, 3, 4, 5, 6, 7, 160, 0xffff}));
        if (random_.happens(1))
            flags |= random_.one_of({1 << 14, 1ULL << 32, 1ULL << 63});
        break;
    }
    case Operation::receive:
        registers[reg::A0] = random_.happens(60) ? abi::micro::ANYBODY
                             : random_.happens(60)
                                 ? some_token()
                                 : random_.one_of({abi::micro::NOBODY, abi::micro::NOTICES});
        registers[reg::A1] = random_.one_of({0, 20, abi::micro::FOR_EVER, world::LONG_TIME});
        break;
    default:
        registers[reg::A6] = some_token(who, static_cast<Operation>(registers[reg::A7]));
    }
    registers[reg::A7] |= flags;
    return true;
}

bool Director::prepare_memory(unsigned who, Registers& registers) {
    switch (static_cast<Operation>(registers[reg::A7])) {
    case Operation::copy_in:
    case Operation::copy_out:
    case Operation::reach: {
        const bool copies = static_cast<Operation>(registers[reg::A7]) != Operation::reach;
        registers[reg::A0] = some_token(who, static_cast<Operation>(registers[reg::A7]));
        const unsigned caller = the_model.thread_of(registers[reg::A0]);
        const bool is_whole = caller != NONE && the_model.threads[caller].shown.is_whole;
        registers[reg::A1] = is_whole != random_.happens(3) ? some_address() : 8 * random_.below(8);
        registers[copies ? reg::A2 : reg::A3] =
            copies ? some_address() : random_.one_of({1, 2, 4, 1, 2, 0, 3, 5});
        registers[copies ? reg::A3 : reg::A2] =
            random_.one_of({0, 1, 8, 8, 16, 24, 40, 100, PAGE_SIZE, ~0ULL});
        return true;
    }
    case Operation::change_space: {
        registers[reg::A0] = some_slot_with(who, right::MANAGE);
        registers[reg::A1] = some_list(who, registers[reg::A2]);
        return true;
    }
    case Operation::give_table: {
        const model::Thread& thread = the_model.threads[who];
        registers[reg::A0] = some_address();
        for (unsigned tries = 0; tries < 8 && !is_for_a_table(who, registers[reg::A0]); ++tries)
            registers[reg::A0] = some_address();
        // Of two from one page it would not be known which comes back.
        return thread.given_count < thread.given.size() &&
               std::ranges::none_of(thread.given, [&](const model::Thread::Given& given) {
                   return given.page == world::page_at(registers[reg::A0]);
               });
    }
    default:
        return true;
    }
}

bool Director::prepare_object(unsigned who, Registers& registers) {
    const auto operation = static_cast<Operation>(registers[reg::A7]);
    registers[reg::A0] = some_slot_with(who, needed_by(operation));
    const model::Capability* const first = capability(who, registers[reg::A0]);
    const bool is_thread = first != nullptr && (first->rights & right::CONTROL) != 0 &&
                           !the_model.is_stale(first->object);
    switch (operation) {
    case Operation::give:
        registers[reg::A0] = some_token(who, static_cast<Operation>(registers[reg::A7]));
        registers[reg::A1] = some_slot_with(who, 0);
        registers[reg::A2] = some_rights();
        return true;
    case Operation::give_to_thread:
        registers[reg::A1] = random_.happens(90) ? 1 + random_.below(7) : 160;
        registers[reg::A2] = some_slot_with(who, 0);
        registers[reg::A3] = some_rights();
        return true;
    case Operation::create_thread:
    case Operation::create_space: {
        registers[reg::A0] = random_.happens(90) ? 8 + random_.below(8) : 160;
        registers[reg::A2] = random_.happens(90) ? 0 : random_.below(4);
        return the_model.new_thread() != NONE && the_model.new_space() != NONE;
    }
    case Operation::destroy_thread:
        return !is_thread || !the_model.keeps_something(first->object.index);
    case Operation::destroy_space: {
        if (first == nullptr || (first->rights & right::MANAGE) == 0)
            return true;
        return std::ranges::none_of(the_model.threads, [&](const model::Thread& thread) {
            return thread.space == first->object.index && &thread != &the_model.threads[who];
        });
    }
    case Operation::set_space: {
        registers[reg::A1] =
            random_.happens(10) ? abi::micro::NO_SPACE : some_slot_with(who, right::ENTER);
        if (!is_thread)
            return true;
        if (registers[reg::A1] == abi::micro::NO_SPACE)
            return !world::is_puppet(first->object.index);
        const model::Capability* const space = capability(who, registers[reg::A1]);
        return space == nullptr || (space->rights & right::ENTER) == 0 ||
               space->object.index < world::HOMES;
    }
    case Operation::write_registers:
        registers[reg::A1] = some_context(who);
        return true;
    case Operation::read_registers:
    case Operation::describe_thread:
    case Operation::name_thread:
        registers[reg::A1] = some_address();
        registers[reg::A2] = random_.below(40);
        return true;
    default:
        return true;
    }
}

bool Director::prepare(unsigned who) {
    Registers& registers = the_model.threads[who].registers;
    const Operation operation = some_operation(random_);
    registers[reg::A7] = static_cast<std::uint64_t>(operation);
    const bool needs_caller = operation == Operation::reply || operation == Operation::copy_in ||
                              operation == Operation::copy_out || operation == Operation::reach ||
                              operation == Operation::give;
    if (needs_caller && some_caller(who, operation) == NONE && !random_.happens(5))
        return false;
    const bool creates =
        operation == Operation::create_space || operation == Operation::create_thread;
    const model::Capability& machine =
        the_model.threads[who].capabilities[abi::micro::MACHINE.raw()];
    if (creates && (machine.rights & right::CREATE) == 0 && !random_.happens(5))
        return false;
    switch (operation) {
    case Operation::call:
    case Operation::reply_and_wait:
    case Operation::reply:
    case Operation::receive:
        return prepare_message(who, registers);
    case Operation::copy_in:
    case Operation::copy_out:
    case Operation::reach:
    case Operation::change_space:
    case Operation::give_table:
        return prepare_memory(who, registers);
    case Operation::pin:
        registers[reg::A2] = 1;
        return true;
    default:
        return prepare_object(who, registers);
    }
}
