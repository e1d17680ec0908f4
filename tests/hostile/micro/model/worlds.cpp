// How a world of puppets begins and ends.
// SPDX-License-Identifier: MIT
#include "director.hpp"

#include "lib/memory.hpp"

extern "C" const std::byte puppet_code[PAGE_SIZE]; // puppet.S

using abi::micro::SpaceAction;
using abi::micro::SpaceItem;
using model::NONE;
namespace right = abi::micro::right;

namespace {

constexpr std::uint64_t BOTH = abi::micro::ACCESSED | abi::micro::DIRTY;
constexpr unsigned OWN_OF_A_HOME = 4; // frames that only a home has, where a creator lives
constexpr unsigned CREATORS = 2;
static_assert(CREATORS * OWN_OF_A_HOME <= world::OWN_FRAMES);

constexpr Page page_of(std::uint64_t address) { return Page::containing(VirtAddr(address)); }

} // namespace

Director::Director(std::uint64_t seed, const abi::micro::BootPage& boot)
    : seed_(seed), random_(seed), next_frame_(boot.first_frame) {
    old_tokens_.fill(abi::micro::ANYBODY - 3); // nobody's
    for (std::uint64_t& frame : physical_)
        frame = next_frame_++;
    for (unsigned frame = 0; frame < world::SEEN_FRAMES; ++frame)
        MUST(micro::map_memory(abi::micro::ROOT_SPACE, page_of(world::WINDOW) + frame,
                               physical_[frame], 1, Rights::all()));
    model::Thread& director = the_model.threads[world::DIRECTOR];
    director.state = State::receives;
    director.from = model::Thread::From::nobody;
    director.slots = abi::micro::MANY_SLOTS;
    director.serial = 1;
    director.free_tables = count_free_tables();
}

// A space takes as many as there are.
std::uint64_t Director::count_free_tables() {
    if (!micro::create_space(COUNTER))
        return 0;
    for (std::uint64_t address = 0; address < USER_END; address += PAGE_SIZE << 9) {
        SpaceItem item =
            SpaceItem::of(SpaceAction::map, page_of(address), Rights::read(), world::WINDOW);
        if (micro::change_space(COUNTER, std::span(&item, 1)).value_or(0) != 1)
            break;
    }
    const std::uint64_t count = micro::count_tables(COUNTER);
    micro::destroy_space(COUNTER);
    return count;
}

void Director::map_in_home(unsigned home, unsigned page, unsigned frame, Rights rights) {
    alignas(16) SpaceItem item = SpaceItem::of(SpaceAction::map, page_of(world::PAGES[page]),
                                               rights, world::WINDOW + frame * PAGE_SIZE);
    MUST(micro::change_space(home_slot(home), std::span(&item, 1)));
    MUST(the_model.map(home, world::PAGES[page], {frame, rights.raw(), abi::micro::ACCESSED},
                       false));
}

// Pages of its own, pages that it shares with the next home, and holes.
void Director::build_home(unsigned home) {
    MUST(micro::create_space(home_slot(home)));
    MUST(the_model.make_space(home, world::DIRECTOR));
    map_in_home(home, world::CODE_PAGE, world::CODE_FRAME, Rights::read_execute());
    map_in_home(home, world::NAME_PAGE, world::FIRST_NAME_FRAME + home, Rights::read());
    const unsigned first = world::FIRST_DATA_FRAME + 4 * home;
    const unsigned next = world::FIRST_DATA_FRAME + 4 * ((home + 1) % world::HOMES);
    map_in_home(home, 0, first, Rights::read_write());
    map_in_home(home, 1, first + 1, Rights::read_write());
    map_in_home(home, 2, first + 2, Rights::all());
    map_in_home(home, 3, next + 2, Rights::read());
    map_in_home(home, 6, first + 3, Rights::read_write());
    map_in_home(home, 8, next + 3, Rights::read_write());
    if (home >= CREATORS)
        return;
    constexpr std::array<unsigned, OWN_OF_A_HOME> PAGES{4, 5, 7, 9};
    for (unsigned i = 0; i < OWN_OF_A_HOME; ++i) {
        const unsigned frame = world::SEEN_FRAMES + home * OWN_OF_A_HOME + i;
        const std::uint64_t address = world::PAGES[PAGES[i]];
        MUST(micro::map_memory(home_slot(home), page_of(address), physical_[frame], 1,
                               Rights::all()));
        MUST(the_model.map(home, address, {frame, Rights::all().raw(), BOTH}, false));
    }
}

// What PUPPET finds in SLOT: a way to another puppet, or to a home.
void Director::give_something(unsigned puppet, std::uint64_t slot) {
    model::Capability given;
    micro::CapSlot own{0};
    const auto other = static_cast<unsigned>(world::FIRST_PUPPET + random_.below(world::PUPPETS));
    const auto home = static_cast<unsigned>(random_.below(world::HOMES));
    if (random_.happens(25)) {
        if (!the_model.spaces[home].is_used)
            return;
        own = home_slot(home);
        given = {the_model.space_ref(home), 0,
                 random_.one_of({right::MANAGE, right::ENTER, right::MANAGE | right::ENTER})};
    } else {
        if (the_model.threads[other].state == State::none)
            return;
        own = thread_slot(other);
        constexpr std::uint64_t TALK = right::SEND | right::NOTIFY;
        given = {the_model.ref(other), random_.below(1000),
                 random_.one_of({right::SEND, TALK, TALK, TALK, right::NOTIFY,
                                 TALK | right::CONTROL, right::CONTROL})};
    }
    MUST(micro::give_to_thread(thread_slot(puppet), micro::CapSlot(slot), own, given.rights,
                               given.badge));
    the_model.threads[puppet].capabilities[slot] = given;
}

bool Director::make_puppet(unsigned puppet, unsigned home) {
    micro::destroy_thread(thread_slot(puppet)); // of one that has ended
    MUST(micro::create_thread(thread_slot(puppet), puppet, micro::priority::USUAL));
    the_model.make_thread(puppet, world::DIRECTOR, puppet);
    MUST(micro::set_space(thread_slot(puppet), home_slot(home).raw()));
    the_model.threads[puppet].space = home;
    seen_reports_[puppet] = 0;
    for (std::uint64_t slot = 2; slot < 8; ++slot)
        give_something(puppet, slot);
    if (puppet < world::FIRST_PUPPET + CREATORS) {
        MUST(micro::give_to_thread(thread_slot(puppet), abi::micro::MACHINE, abi::micro::MACHINE,
                                   right::CREATE));
        model::Thread& thread = the_model.threads[puppet];
        thread.capabilities[abi::micro::MACHINE.raw()] = {{}, 0, right::CREATE};
        the_model.widen_if_due(thread);
    }
    return stop(puppet);
}

void Director::build() {
    for (unsigned frame = 0; frame < world::SEEN_FRAMES; ++frame) {
        auto* const words = reinterpret_cast<std::uint64_t*>(seen(frame));
        for (unsigned i = 0; i < PAGE_SIZE / sizeof(std::uint64_t); ++i)
            words[i] = static_cast<std::uint64_t>(frame) << 32 | i;
    }
    std::copy_n(puppet_code, PAGE_SIZE, seen(world::CODE_FRAME));
    for (unsigned home = 0; home < world::HOMES; ++home)
        *reinterpret_cast<std::uint64_t*>(seen(world::FIRST_NAME_FRAME + home)) =
            model::Model::name_of(home);
    for (unsigned frame = 0; frame < world::SEEN_FRAMES; ++frame)
        std::copy_n(seen(frame), PAGE_SIZE, the_model.frames[frame].data());
    for (unsigned home = 0; home < world::HOMES; ++home)
        build_home(home);
    for (unsigned i = 0; i < world::PUPPETS; ++i)
        if (!make_puppet(world::FIRST_PUPPET + i, i % world::HOMES))
            micro::end_machine(1);
}

// PUPPET, which is stopped, executes OPERATION, as in a step.
bool Director::ask(unsigned puppet, micro::Operation operation, std::uint64_t first,
                   std::uint64_t slot) {
    model::Thread& thread = the_model.threads[puppet];
    thread.registers = {};
    thread.registers[world::reg::S10] = world::NAME;
    thread.registers[world::reg::A0] = first;
    thread.registers[world::reg::A6] = slot;
    thread.registers[world::reg::A7] = static_cast<std::uint64_t>(operation);
    return carry_out(puppet);
}

// What PUPPET may do by each of its slots: an operation that needs one right is tried, of a kind
// that changes nothing.
bool Director::check_rights(unsigned puppet) {
    using micro::Operation;
    for (std::uint64_t slot = 1; slot < abi::micro::FEW_SLOTS; ++slot) {
        for (const auto operation :
             {Operation::notify, Operation::describe_thread, Operation::count_tables})
            if (!ask(puppet, operation, slot, 0))
                return false;
        if (!ask(puppet, Operation::call, 0, slot))
            return false;
        if (the_model.threads[puppet].state != State::reported && !stop(puppet))
            return false;
    }
    return true;
}

// The spaces and threads that nobody else can end.
bool Director::end_what_it_keeps(unsigned puppet) {
    using micro::Operation;
    for (std::uint64_t slot = abi::micro::FEW_SLOTS; slot < model::Thread::SLOTS; ++slot)
        for (const auto operation : {Operation::destroy_thread, Operation::destroy_space})
            if (!ask(puppet, operation, slot, 0))
                return false;
    return true;
}

// Each frame is mapped as often as the model says: not at all, or by the director alone.
bool Director::is_all_back() {
    for (unsigned frame = 0; frame < world::FRAMES; ++frame) {
        const bool is_own = frame >= world::SEEN_FRAMES;
        if (is_own && std::exchange(the_model.is_lost[frame], false)) {
            physical_[frame] = next_frame_++; // it is a table of the director's now
            continue;
        }
        const Page page = page_of(world::WINDOW) + frame;
        if (is_own &&
            !micro::map_memory(abi::micro::ROOT_SPACE, page, physical_[frame], 1, Rights::all()))
            return differ("a frame that is memory", physical_[frame], 0);
        if (!micro::give_table(page))
            return differ("a frame that nobody else has mapped", frame, 0);
        const Result<Page> back = micro::take_table();
        if (!back || *back != page)
            return differ("the frame stands where it stood", page.start().raw(), 0);
        SpaceItem item = SpaceItem::of(SpaceAction::unmap, page);
        if (is_own)
            MUST(micro::change_space(abi::micro::ROOT_SPACE, std::span(&item, 1)));
    }
    return true;
}

// One that no chance makes here, since all puppets have the director as handler: CLIENT's pager is
// its handler, too, and ends while it mends a fault of CLIENT's. Nobody is left whom CLIENT could
// wait for, so it ends as well.
bool Director::end_a_pager_that_is_handler() {
    constexpr unsigned CLIENT = world::FIRST_PUPPET;
    constexpr unsigned BOTH_OF_ITS = CLIENT + 1;
    const micro::CapSlot home = home_slot(the_model.threads[CLIENT].space);
    MUST(micro::give_to_thread(thread_slot(CLIENT), abi::micro::HANDLER, thread_slot(BOTH_OF_ITS),
                               right::SEND));
    MUST(
        micro::set_pager(home, VirtAddr(0), VirtAddr(USER_END), 0, thread_slot(BOTH_OF_ITS).raw()));
    if (!run_puppet(CLIENT, 0)) // where nothing is to execute
        return false;
    micro::receive(abi::micro::NOBODY, 1000); // ticks, in which it faults
    micro::destroy_thread(thread_slot(BOTH_OF_ITS));
    if (micro::describe_thread(thread_slot(CLIENT)))
        return differ("a client of nobody's lives", 0, 1);
    the_model.end(BOTH_OF_ITS);
    the_model.end(CLIENT);
    return true;
}

bool Director::end_world() {
    if (!pass_time())
        return false;
    for (unsigned i = world::FIRST_PUPPET; i < world::FIRST_PUPPET + world::PUPPETS; ++i)
        if (the_model.threads[i].state != State::none &&
            the_model.threads[i].state != State::reported && !stop(i))
            return false;
    for (unsigned i = world::FIRST_PUPPET; i < world::FIRST_PUPPET + world::PUPPETS; ++i)
        if (the_model.threads[i].state != State::none &&
            (!check_rights(i) || !end_what_it_keeps(i)))
            return false;
    for (unsigned i = world::FIRST_PUPPET; i < world::FIRST_PUPPET + world::PUPPETS; ++i) {
        micro::destroy_thread(thread_slot(i));
        if (the_model.threads[i].state != State::none)
            the_model.end(i);
    }
    for (unsigned home = 0; home < world::HOMES; ++home) {
        micro::destroy_space(home_slot(home));
        if (the_model.spaces[home].is_used)
            the_model.empty_space(home);
    }
    operation_ = 0;
    for (unsigned frame = 0; frame < world::SEEN_FRAMES; ++frame)
        if (!compare_frame(frame))
            return false;
    const std::uint64_t expected = the_model.threads[world::DIRECTOR].free_tables;
    const std::uint64_t free = count_free_tables();
    return expected == free ? is_all_back() : differ("free tables at the end", expected, free);
}
