// 100,000 operations by chance on the microkernel, each compared with a model.
// SPDX-License-Identifier: MIT
//
// An image in root's place (tests/machine/ipc_model_test.cpp). It makes puppets: threads that
// execute one ecall with registers of its choice, and then an exception, of which it is told. So
// one puppet does one thing at a time, everything is repeated by the same seed, and after each step
// it is known who has gone on and with which registers, and who waits.
//
// What the model (model.hpp) covers: call, reply_and_wait, reply and receive with all their flags,
// from anybody, one, nobody and notices, for no, a short, a long and an endless time; exit;
// notices; give and give_to_thread; windows, whole and passed on, also when their owner has ended
// or lost the page; threads and spaces made, changed, moved and ended by puppets, and their tables;
// registers read and written; handlers; who ends while others wait. Forged and stale tokens, slots,
// labels, flags, addresses and rights are among the arguments.
//
// What it does not cover: page faults and their pagers (tests/hostile/micro; but for one case,
// end_a_pager_that_is_handler), set_pager, what needs more of the machine than `create`
// (map_memory, interrupts, pins: here they are refused), priorities, and several puppets that run
// at a time.
//
// After each step the registers of all who went on are compared, and the frames stored to. A world
// of puppets ends after WORLD steps: then each puppet's slots are tried one by one, each frame must
// be mapped as often as the model says, and all tables must be free again.
#include "director.hpp"

#include "lib/arguments.hpp"

const std::string_view server_name = "director";

constinit model::Model the_model;

namespace {

using model::NONE;

constexpr std::uint64_t WORLD = 1000; // steps

} // namespace

bool Director::differ(std::string_view what, std::uint64_t expected, std::uint64_t seen_here) {
    micro::DebugConsole console;
    print(console, "ipc-model: seed ", seed_, ", step ", step_, ": puppet ", who_, ", ",
          name_of(operation_), " (a7 ", hex(operation_), "):");
    for (unsigned number = world::reg::A0; number <= world::reg::A6; ++number)
        print(console, " ", hex(asked_[number]));
    print(console, "\nipc-model: ", what, ": expected ", hex(expected), ", seen ", hex(seen_here),
          "\n");
    return false;
}

unsigned Director::random_puppet(State state) {
    std::array<unsigned, world::PUPPETS> found{};
    unsigned count = 0;
    for (unsigned i = world::FIRST_PUPPET; i < world::FIRST_PUPPET + world::PUPPETS; ++i)
        if (the_model.threads[i].state == state)
            found[count++] = i;
    return count == 0 ? NONE : found[random_.below(count)];
}

// PUPPET, whatever it waits for, runs from PC on with the registers that the model has for it.
bool Director::run_puppet(unsigned puppet, std::uint64_t pc) {
    abi::micro::ThreadContext context{.pc = pc, .registers = {}};
    std::ranges::copy(asked_.begin() + 1, asked_.end(), context.registers.begin());
    const auto written = micro::write_registers(thread_slot(puppet), context);
    return written ? true : differ("write_registers of the director's", 0, 1);
}

// PUPPET gives up what it waits for.
bool Director::stop(unsigned puppet) {
    model::Thread& thread = the_model.threads[puppet];
    who_ = puppet;
    operation_ = 0;
    asked_ = {};
    the_model.cancel(puppet);
    thread.registers = asked_;
    thread.known = ~1U;
    thread.token_of = NONE;
    thread.loads_name = thread.has_exited = false;
    thread.state = State::runs;
    if (!run_puppet(puppet, world::EBREAK))
        return false;
    the_model.settle();
    return collect();
}

// So much that all who wait for a time wake, and nobody who does not any more.
bool Director::pass_time() {
    the_model.pass_time();
    the_model.settle();
    micro::receive(abi::micro::NOBODY, 2 * world::LONG_TIME);
    operation_ = 0;
    return collect();
}

// Now and then, what the director does to puppets.
bool Director::act() {
    if (random_.happens(3) && !pass_time())
        return false;
    const unsigned dead = random_puppet(State::none);
    if (dead != NONE && random_.happens(5)) {
        const auto home = static_cast<unsigned>(random_.below(world::HOMES));
        if (the_model.spaces[home].is_used && !make_puppet(dead, home))
            return false;
    }
    for (const State waits : {State::receives, State::sends, State::awaits}) {
        const unsigned blocked = random_puppet(waits);
        const bool all_wait = random_puppet(State::reported) == NONE;
        if (blocked != NONE && random_.happens(all_wait ? 50 : 1) && !stop(blocked))
            return false;
    }
    const unsigned one = random_puppet(State::reported);
    const std::uint64_t slot = 2 + random_.below(6);
    if (one != NONE &&
        random_.happens(the_model.threads[one].capabilities[slot].rights == 0 ? 30 : 1))
        give_something(one, slot);
    return true;
}

bool Director::step() {
    if (!act())
        return false;
    const unsigned who = random_puppet(State::reported);
    if (who == NONE)
        return true; // all wait: act ends that
    model::Thread& thread = the_model.threads[who];
    do {
        for (std::uint64_t& word : thread.registers)
            word = random_.next();
        thread.registers[world::reg::S10] = world::NAME;
    } while (!prepare(who));
    return carry_out(who);
}

// WHO, which is stopped, executes what stands in its registers, in the model and on the machine.
bool Director::carry_out(unsigned who) {
    model::Thread& thread = the_model.threads[who];
    who_ = who;
    operation_ = thread.registers[world::reg::A7];
    asked_ = thread.registers;
    thread.loads_name = true;
    the_model.execute(who);
    the_model.settle();
    if (!run_puppet(who, world::ECALL) || !collect())
        return false;
    asked_for_[operation_ & abi::micro::OPERATION_BITS] += 1;
    const auto result = static_cast<std::int64_t>(thread.registers[world::reg::A0]);
    if (thread.state == State::reported && result < 0 && result > -256)
        refused_[operation_ & abi::micro::OPERATION_BITS] += 1;
    return learn(who);
}

void Director::print_counts() const {
    micro::DebugConsole console;
    for (unsigned operation = 0; operation < asked_for_.size(); ++operation)
        if (asked_for_[operation] != 0)
            print(console, "ipc-model: ", name_of(operation), ": ",
                  asked_for_[operation] - refused_[operation], " of ", asked_for_[operation], "\n");
    print(console, "ipc-model: messages to puppets: ", messages_, "\n");
}

bool Director::run(std::uint64_t steps) {
    build();
    if (!end_a_pager_that_is_handler() || !end_world())
        return false;
    while (step_ < steps) {
        build();
        for (std::uint64_t left = WORLD; left != 0; --left) {
            step_ += 1;
            if (!step())
                return false;
        }
        if (!end_world())
            return false;
    }
    return true;
}

namespace {

std::uint64_t number_of(std::string_view word, std::uint64_t otherwise) {
    std::uint64_t value = word.empty() ? otherwise : 0;
    for (const char digit : word)
        value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    return value;
}

} // namespace

extern "C" [[noreturn]] void server_main() {
    const auto& boot = *reinterpret_cast<const abi::micro::BootPage*>(abi::micro::ROOT_BOOT_PAGE);
    const std::string_view words{boot.arguments.data(), boot.argument_bytes};
    const std::uint64_t steps = number_of(argument(words, "steps"), 100'000);
    Director director(number_of(argument(words, "seed"), 1), boot);
    if (!director.run(steps))
        micro::end_machine(1);
    micro::DebugConsole console;
    print(console, "ipc-model: ", steps, " operations as the model says\n");
    director.print_counts();
    micro::end_machine(0);
}
