// The model's memory: pages and their use, windows, and frames that are tables.
// SPDX-License-Identifier: MIT
#include "model.hpp"

#include <algorithm>

namespace model {

namespace {

namespace micro = abi::micro;
using State = Thread::State;

constexpr bool is_user(std::uint64_t address) { return address < USER_END; }
constexpr bool is_writable_as_entry(std::uint64_t rights) { // Sv39: no write without read
    return (rights & 1) != 0 || rights == 4;
}
constexpr std::uint64_t rest_of_page(std::uint64_t address) {
    return PAGE_SIZE - address % PAGE_SIZE;
}
constexpr bool is_within(std::uint64_t offset, std::uint64_t bytes, std::uint64_t all) {
    return offset <= all && bytes <= all - offset;
}

} // namespace

// SPACE's page at ADDRESS, if it allows ACCESS; the use is noted there.
Mapping* Model::use(unsigned space, std::uint64_t address, Access access) {
    const unsigned page = world::page_at(address);
    if (space == NONE || page == world::NO_PAGE)
        return nullptr;
    Mapping& mapping = spaces[space].pages[page];
    if (mapping.frame == NONE || (mapping.rights & static_cast<std::uint64_t>(access)) == 0)
        return nullptr;
    mapping.usage |= micro::ACCESSED | (access == Access::store ? micro::DIRTY : 0);
    return &mapping;
}

void Model::touch(unsigned frame) {
    if (touched_count < touched.size())
        touched[touched_count++] = frame;
}

// All of it or nothing; but pages up to the first that is missing have been used.
Result<void> Model::reach_all(unsigned who, std::uint64_t address, std::uint64_t bytes,
                              Access access) {
    for (std::uint64_t done = 0; done < bytes; done += rest_of_page(address + done))
        if (use(threads[who].space, address + done, access) == nullptr)
            return std::unexpected(Error::bad_address);
    return {};
}

void Model::store_unforeseen(unsigned who, std::uint64_t address, std::uint64_t bytes) {
    while (bytes != 0) {
        const std::uint64_t part = std::min(bytes, rest_of_page(address));
        const Mapping& page = *use(threads[who].space, address, Access::store);
        unforeseen[unforeseen_count++] = {page.frame, address % PAGE_SIZE, part};
        address += part;
        bytes -= part;
    }
}

// Whose memory is behind the window of who waits under TOKEN, and where there.
Result<Model::Place> Model::find_place(unsigned server, std::uint64_t token, std::uint64_t offset,
                                       std::uint64_t bytes, Access access) const {
    constexpr int LONGEST = 4; // windows that were passed on
    for (int link = 0; link < LONGEST; ++link) {
        const unsigned caller = caller_of(server, token);
        if (caller == NONE)
            return std::unexpected(Error::no_process);
        const Thread& thread = threads[caller];
        const Shown& shown = thread.shown;
        if (!shown.is_window)
            return std::unexpected(Error::not_permitted);
        if (shown.is_whole)
            return is_within(offset, bytes, USER_END) ? Result<Place>(Place{thread.space, offset})
                                                      : std::unexpected(Error::not_permitted);
        const bool may = access == Access::store ? shown.is_writable : shown.is_readable;
        if (!may || !is_within(offset, bytes, shown.bytes))
            return std::unexpected(Error::not_permitted);
        offset += shown.start;
        if (!shown.is_passed_on)
            return Place{thread.space, offset};
        token = shown.owner;
        server = caller;
    }
    return std::unexpected(Error::not_permitted);
}

Result<std::uint64_t> Model::copy(unsigned who, bool in) {
    const Registers& registers = threads[who].registers;
    const std::uint64_t own = registers[reg::A2];
    const std::uint64_t bytes = registers[reg::A3];
    const Access theirs = in ? Access::load : Access::store;
    const Place place = TRY(find_place(who, registers[reg::A0], registers[reg::A1], bytes, theirs));
    std::uint64_t done = 0;
    while (done < bytes) {
        const Mapping* const mine =
            use(threads[who].space, own + done, in ? Access::store : Access::load);
        const Mapping* const other =
            mine == nullptr ? nullptr : use(place.space, place.start + done, theirs);
        if (other == nullptr) // both are the same number: abi/errors.hpp
            return done != 0
                       ? Result<std::uint64_t>(done)
                       : std::unexpected(mine == nullptr ? Error::bad_address : Error::not_mapped);
        const std::uint64_t part =
            std::min({bytes - done, rest_of_page(own + done), rest_of_page(place.start + done)});
        const Mapping& from = in ? *other : *mine;
        const Mapping& to = in ? *mine : *other;
        const std::uint64_t source = (in ? place.start + done : own + done) % PAGE_SIZE;
        const std::uint64_t target = (in ? own + done : place.start + done) % PAGE_SIZE;
        // A piece may be copied from what another one stored, of which nothing is known yet.
        if (unforeseen_count != 0 || from.frame == to.frame || from.frame >= world::SEEN_FRAMES)
            unforeseen[unforeseen_count++] = {to.frame, target, part};
        else
            std::copy_n(&frames[from.frame][source], part, &frames[to.frame][target]);
        touch(to.frame);
        done += part;
    }
    return done;
}

Result<std::uint64_t> Model::reach(unsigned who) {
    const Registers& registers = threads[who].registers;
    const std::uint64_t bytes = registers[reg::A2];
    if (!is_access(registers[reg::A3]))
        return std::unexpected(Error::invalid);
    const auto access = static_cast<Access>(registers[reg::A3]);
    const Place place = TRY(find_place(who, registers[reg::A0], registers[reg::A1], bytes, access));
    std::uint64_t done = 0;
    while (done < bytes && use(place.space, place.start + done, access) != nullptr)
        done += rest_of_page(place.start + done);
    return std::min(done, bytes);
}

unsigned Model::payer_of(const Space& space) const {
    return is_stale(space.manager) ? world::DIRECTOR : space.manager.index;
}

// Sv39: a table for each gigabyte that is used, and one for each two megabytes of that.
Result<void> Model::take_tables_for(unsigned number, std::uint64_t address) {
    Space& space = spaces[number];
    std::uint64_t& free = threads[payer_of(space)].free_tables;
    for (const unsigned shift : {30U, 21U}) {
        std::uint64_t& there = shift == 30U ? space.gigabytes : space.two_megabytes;
        const std::uint64_t bit = std::uint64_t{1}
                                  << (shift == 30U ? address >> 30 : world::region_of(address));
        if ((there & bit) != 0)
            continue;
        if (free == 0)
            return std::unexpected(Error::no_memory);
        free -= 1;
        space.tables += 1;
        there |= bit;
    }
    return {};
}

Result<void> Model::map(unsigned space, std::uint64_t address, Mapping mapping, bool replace) {
    if (!is_user(address))
        return std::unexpected(Error::bad_address);
    TRY(take_tables_for(space, address));
    Mapping& place = spaces[space].pages[world::page_at(address)];
    if (place.frame != NONE && !replace)
        return std::unexpected(Error::already_mapped);
    place = mapping;
    return {};
}

Result<std::uint64_t> Model::carry_out(unsigned who, unsigned number, const SpaceItem& item) {
    using micro::SpaceAction;
    const std::uint64_t address = item.page().start().raw();
    const std::uint64_t rights = item.rights().raw();
    const unsigned page = world::page_at(address);
    Mapping none;
    Mapping& there = page == world::NO_PAGE ? none : spaces[number].pages[page];
    const std::uint64_t usage = there.frame == NONE ? 0 : there.usage;
    switch (item.action()) {
    case SpaceAction::map:
    case SpaceAction::install: {
        const bool installs = item.action() == SpaceAction::install;
        if (installs && !is_access(item.access() - 1))
            return std::unexpected(Error::invalid);
        const unsigned own = world::page_at(item.operand);
        const Space& space = spaces[threads[who].space];
        const bool has = own != world::NO_PAGE && space.pages[own].frame != NONE &&
                         (space.pages[own].rights & rights) == rights;
        if (!has || !is_writable_as_entry(rights))
            return std::unexpected(Error::bad_address);
        const bool stores = installs && item.access() - 1 == 2;
        TRY(map(number, address,
                {space.pages[own].frame, rights, micro::ACCESSED | (stores ? micro::DIRTY : 0)},
                installs));
        return 0;
    }
    case SpaceAction::protect:
        if (is_writable_as_entry(rights))
            there.rights = there.frame == NONE ? 0 : rights;
        else
            there = {};
        return usage;
    case SpaceAction::unmap:
        there = {};
        return usage;
    case SpaceAction::examine:
        return usage;
    case SpaceAction::forget_access:
        there.usage &= ~micro::ACCESSED;
        return 0;
    }
    return std::unexpected(Error::invalid);
}

Result<std::uint64_t> Model::change_space(unsigned who) {
    const Registers& registers = threads[who].registers;
    const unsigned space = TRY(held_space(who, registers[reg::A0], right::MANAGE));
    const std::uint64_t list = registers[reg::A1];
    const std::uint64_t count = registers[reg::A2];
    const Mapping* const page = use(threads[who].space, list, Access::store);
    if (page == nullptr || list % alignof(SpaceItem) != 0 ||
        count > rest_of_page(list) / sizeof(SpaceItem))
        return std::unexpected(Error::bad_address);
    const unsigned frame = page->frame; // which the list itself may take away from that page
    touch(frame);
    for (std::uint64_t done = 0; done < count; ++done) {
        auto& item = *reinterpret_cast<SpaceItem*>(
            &frames[frame][list % PAGE_SIZE + done * sizeof(SpaceItem)]);
        const Result<std::uint64_t> outcome = carry_out(who, space, item);
        item.operand = abi::to_register(outcome);
        if (!outcome)
            return done;
    }
    return count;
}

std::uint64_t Model::mappings_of(unsigned frame) const {
    std::uint64_t count = frame < world::SEEN_FRAMES ? 1 : 0; // the director's
    for (const Space& space : spaces)
        count += std::ranges::count(space.pages, frame, &Mapping::frame);
    return count;
}

Result<std::uint64_t> Model::give_table(unsigned who) {
    Thread& thread = threads[who];
    const unsigned number = world::page_at(thread.registers[reg::A0]);
    if (number == world::NO_PAGE)
        return std::unexpected(Error::not_mapped);
    Mapping& page = spaces[thread.space].pages[number];
    if (page.frame == NONE || (page.rights & 3) != 3)
        return std::unexpected(Error::not_mapped);
    if (mappings_of(page.frame) != 1)
        return std::unexpected(Error::busy);
    thread.given[thread.given_count++] = {number, page.frame, page.rights};
    thread.free_tables += 1;
    page = {};
    return 0;
}

// Which one comes back the kernel says (learn_table).
Result<std::uint64_t> Model::take_table(unsigned who) {
    if (threads[who].free_tables == 0)
        return std::unexpected(Error::no_memory);
    took_table = true;
    return 0;
}

bool Model::learn_table(unsigned who) {
    Thread& thread = threads[who];
    Space& space = spaces[thread.space];
    const std::uint64_t result = thread.registers[reg::A0];
    const std::span given(thread.given.data(), thread.given_count);
    const auto stands_there = [&](const Thread::Given& table) {
        return space.pages[table.page].frame != NONE;
    };
    if (result == abi::to_register(Error::exists))
        return std::ranges::any_of(given, stands_there);
    const auto table = std::ranges::find_if(given, [&](const Thread::Given& candidate) {
        return world::PAGES[candidate.page] == result && !stands_there(candidate);
    });
    if (table == given.end() || !take_tables_for(thread.space, result))
        return false;
    space.pages[table->page] = {table->frame, table->rights, micro::ACCESSED | micro::DIRTY};
    *table = given.back();
    thread.given_count -= 1;
    thread.free_tables -= 1;
    return true;
}

} // namespace model
