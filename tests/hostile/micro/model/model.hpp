// What the ABI promises (abi/micro/), as a machine of its own that can be asked.
// SPDX-License-Identifier: MIT
//
// It knows threads, capabilities, spaces and frames by numbers of its own and none of the kernel's
// code. `execute` does what a puppet's ecall does; `settle` lets all who can run reach their
// exception. Afterwards everybody's registers, capabilities, pages and memory are as the kernel's
// must be.
#pragma once

#include "world.hpp"

#include "abi/errors.hpp"

#include <span>

namespace model {

using abi::micro::SpaceItem;
using world::Registers;
namespace reg = world::reg;
namespace right = abi::micro::right;

inline constexpr unsigned NONE = ~0U;

// A thread or a space: its place here, and which one of those that stood there.
struct Ref {
    unsigned index = NONE;
    std::uint64_t serial = 0;
    bool operator==(const Ref&) const = default;
};

// A right says by itself whether a thread, a space or the machine is meant.
struct Capability {
    Ref object;
    std::uint64_t badge = 0;
    std::uint64_t rights = 0; // 0: empty
};

struct Message {
    std::uint64_t label = 0;
    std::array<std::uint64_t, 5> words{};
    std::array<std::uint64_t, 5> more{};
    bool is_long = false;
};

// What a sender shows while it waits for the answer.
struct Shown {
    bool is_window = false, is_whole = false, is_passed_on = false;
    bool is_readable = false, is_writable = false;
    std::uint64_t start = 0, bytes = 0, owner = 0;
    bool accepts = false;
    std::uint64_t slot = 0;
};

struct Thread {
    enum class State { none, dormant, runs, reported, receives, sends, awaits };
    enum class From { anybody, one, nobody, notices };
    static constexpr unsigned SLOTS = 16; // that are ever used

    State state = State::none;
    std::uint64_t serial = 0;
    std::uint64_t token = 0; // 0: nobody has learned it yet
    unsigned space = NONE;
    std::uint64_t slots = 0;
    std::array<Capability, SLOTS> capabilities{};
    // While it waits.
    unsigned partner = NONE; // of `sends`, `awaits`, and `receives` from one
    From from = From::anybody;
    bool is_timed = false;
    bool takes_more = false;    // words in s2..s6
    bool is_in_handler = false; // it did not call: its handler was told of something
    Message pending;
    std::uint64_t badge = 0;
    Shown shown;
    std::array<unsigned, world::THREADS> senders{}; // in order of arrival
    unsigned sender_count = 0;
    std::uint64_t notices = 0;
    // Its registers, and which of them are promised.
    Registers registers{};
    std::uint32_t known = 0;
    unsigned token_of = NONE;  // a6 is to be this one's, which is not known yet
    std::uint64_t reports = 0; // to the director: how many
    std::uint64_t exit_status = 0;
    bool has_exited = false;
    bool loads_name = false; // on its way to the exception
    // Frames that it gave for tables and that are in use or free; the page they came from.
    struct Given {
        unsigned page;
        unsigned frame;
        std::uint64_t rights;
    };
    std::array<Given, 8> given{};
    unsigned given_count = 0;
    std::uint64_t free_tables = 0;
};

struct Mapping {
    unsigned frame = NONE;
    std::uint64_t rights = 0;
    std::uint64_t usage = 0;
};

struct Space {
    bool is_used = false;
    std::uint64_t serial = 0;
    Ref manager;
    std::uint64_t tables = 0;
    std::uint64_t gigabytes = 0, two_megabytes = 0; // for which there are tables, as bits
    std::array<Mapping, world::PAGES.size()> pages{};
};

// A piece of a frame whose contents only the machine knows now.
struct Unforeseen {
    unsigned frame;
    std::uint64_t offset, bytes;
};

class Model {
public:
    std::array<Thread, world::THREADS> threads{};
    std::array<Space, world::SPACES> spaces{};
    alignas(PAGE_SIZE) std::array<std::array<std::byte, PAGE_SIZE>, world::FRAMES> frames{};
    std::array<bool, world::FRAMES> is_lost{}; // given for tables by who has ended since
    // Of the last step.
    std::array<Unforeseen, 4> unforeseen{};
    unsigned unforeseen_count = 0;
    std::array<unsigned, 4> touched{}; // frames that were stored to
    unsigned touched_count = 0;
    bool took_table = false; // a0 is one of the given pages

    // WHO, which is stopped, executes its ecall with the registers that it has.
    void execute(unsigned who);
    // The kernel says which table came back to WHO: the page in a0. False: it cannot be.
    bool learn_table(unsigned who);
    // All who run reach their exception. Puppets are `reported` then.
    void settle();

    // A long time passes.
    void pass_time();

    // What the director does, and what the kernel does by itself.
    unsigned new_thread();
    void make_thread(unsigned thread, unsigned creator, std::uint64_t badge);
    void end(unsigned thread);
    void cancel(unsigned thread);
    unsigned new_space();
    Result<std::uint64_t> make_space(unsigned space, unsigned manager);
    void empty_space(unsigned space);
    Result<void> map(unsigned space, std::uint64_t address, Mapping mapping, bool replace);
    Mapping* use(unsigned space, std::uint64_t address, Access access);
    void widen_if_due(Thread& thread);

    Ref ref(unsigned thread) const { return {thread, threads[thread].serial}; }
    Ref space_ref(unsigned space) const { return {space, spaces[space].serial}; }
    unsigned thread_of(std::uint64_t token) const; // NONE
    std::uint64_t mappings_of(unsigned frame) const;
    bool is_stale(const Ref& thread) const {
        return threads[thread.index].serial != thread.serial ||
               threads[thread.index].state == Thread::State::none;
    }
    // Spaces or threads that only THREAD can end.
    bool keeps_something(unsigned thread) const;
    static std::uint64_t name_of(unsigned space) { return 0x5ace0000 + space; }

private:
    // ipc.cpp
    Result<void> call(unsigned who);
    void reply_and_wait(unsigned who);
    Result<void> reply(unsigned who);
    Result<void> receive(unsigned who);
    void send(unsigned who, const Capability& to, const Message& message, const Shown& shown);
    void take_or_wait(unsigned who);
    bool take(unsigned who);
    void deliver(unsigned to, unsigned from);
    void deliver_notices(unsigned to);
    void notify(unsigned to, std::uint64_t bits);
    unsigned caller_of(unsigned server, std::uint64_t token) const;
    bool answer(unsigned server);
    void except(unsigned who);
    void leave_queue(unsigned who);
    // memory.cpp
    struct Place {
        unsigned space;
        std::uint64_t start;
    };
    Result<Place> find_place(unsigned server, std::uint64_t token, std::uint64_t offset,
                             std::uint64_t bytes, Access access) const;
    Result<std::uint64_t> copy(unsigned who, bool in);
    Result<std::uint64_t> reach(unsigned who);
    Result<void> reach_all(unsigned who, std::uint64_t address, std::uint64_t bytes, Access access);
    void store_unforeseen(unsigned who, std::uint64_t address, std::uint64_t bytes);
    Result<std::uint64_t> change_space(unsigned who);
    Result<std::uint64_t> carry_out(unsigned who, unsigned space, const SpaceItem& item);
    Result<std::uint64_t> give_table(unsigned who);
    Result<std::uint64_t> take_table(unsigned who);
    Result<void> take_tables_for(unsigned space, std::uint64_t address);
    unsigned payer_of(const Space& space) const;
    void touch(unsigned frame);
    // objects.cpp
    Result<std::uint64_t> operate(unsigned who);
    const Capability* held(unsigned who, std::uint64_t slot, std::uint64_t rights) const;
    Result<unsigned> held_thread(unsigned who, std::uint64_t slot, std::uint64_t rights) const;
    Result<unsigned> held_space(unsigned who, std::uint64_t slot, std::uint64_t rights) const;
    Result<Capability*> empty_slot(unsigned who, std::uint64_t slot);
    bool may(unsigned who, std::uint64_t rights) const;
    Result<std::uint64_t> give(unsigned who);
    Result<std::uint64_t> give_to_thread(unsigned who);
    Result<std::uint64_t> create_thread(unsigned who);
    Result<std::uint64_t> destroy_thread(unsigned who);
    Result<std::uint64_t> create_space(unsigned who);
    Result<std::uint64_t> destroy_space(unsigned who);
    Result<std::uint64_t> set_space(unsigned who);
    Result<std::uint64_t> read_registers(unsigned who);
    Result<std::uint64_t> write_registers(unsigned who);
    Result<std::uint64_t> describe_thread(unsigned who);
};

} // namespace model
