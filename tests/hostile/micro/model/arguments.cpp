// Arguments by chance: slots, tokens, addresses, and what is prepared in memory for the kernel.
// SPDX-License-Identifier: MIT
#include "director.hpp"

using abi::micro::SpaceItem;
using micro::Operation;
using model::NONE;
namespace reg = world::reg;
namespace right = abi::micro::right;

// Of WHO's that carries RIGHTS, or another.
std::uint64_t Director::some_slot_with(unsigned who, std::uint64_t rights) {
    const std::uint64_t first = random_.below(model::Thread::SLOTS);
    for (unsigned i = 0; i < model::Thread::SLOTS && !random_.happens(2); ++i) {
        const std::uint64_t slot = (first + i) % model::Thread::SLOTS;
        const model::Capability* const found = capability(who, slot);
        if (slot != abi::micro::HANDLER.raw() && found != nullptr && found->rights != 0 &&
            (found->rights & rights) == rights)
            return slot;
    }
    return some_slot();
}

std::uint64_t Director::some_slot() {
    if (random_.happens(90))
        return 2 + random_.below(random_.happens(20) ? 14 : 6);
    return random_.one_of({1, 8, 160, 255, 1ULL << 32, ~0ULL});
}

// Somebody waits for WHO, with what OPERATION needs; NONE: nobody does.
unsigned Director::some_caller(unsigned who, Operation operation) {
    const auto first = static_cast<unsigned>(random_.below(world::THREADS));
    for (unsigned i = 0; i < world::THREADS; ++i) {
        const unsigned number = (first + i) % world::THREADS;
        const model::Thread& thread = the_model.threads[number];
        if (thread.state != State::awaits || thread.partner != who || thread.token == 0)
            continue;
        const bool copies = operation == Operation::copy_in || operation == Operation::copy_out ||
                            operation == Operation::reach;
        if (copies ? thread.shown.is_window : operation != Operation::give || thread.shown.accepts)
            return number;
    }
    return NONE;
}

// Of who waits for WHO with what OPERATION needs, nearly always; or another.
std::uint64_t Director::some_token(unsigned who, Operation operation) {
    const unsigned caller = random_.happens(90) ? some_caller(who, operation) : NONE;
    if (caller != NONE)
        return the_model.threads[caller].token;
    return some_token();
}

std::uint64_t Director::some_token() {
    const model::Thread& other = the_model.threads[random_.below(world::THREADS)];
    if (other.state != State::none && other.token != 0 && random_.happens(60))
        return other.token;
    const std::uint64_t old = old_tokens_[random_.below(old_tokens_.size())];
    const std::uint64_t of_no_thread = random_.below(1024) << 8 | 0xff;
    return random_.one_of({old, old, abi::micro::NOBODY, random_.next(), of_no_thread});
}

std::uint64_t Director::some_address() {
    const std::uint64_t page = world::PAGES[random_.below(world::DATA_PAGES)];
    if (random_.happens(5))
        return random_.one_of({0, USER_END, USER_END - 8, KERNEL_OFFSET + KERNEL_LOAD, 1ULL << 39,
                               ~0ULL - 7, page | 1ULL << 39});
    return page + (random_.happens(15) ? PAGE_SIZE - 8 : 8 * random_.below(400));
}

std::uint64_t Director::some_rights() {
    return random_.happens(60) ? random_.one_of({right::ALL, ~0ULL}) : random_.next();
}

const model::Capability* Director::capability(unsigned who, std::uint64_t slot) const {
    const model::Thread& thread = the_model.threads[who];
    return slot < thread.slots && slot < model::Thread::SLOTS ? &thread.capabilities[slot]
                                                              : nullptr;
}

void Director::store(unsigned frame, std::uint64_t offset, std::uint64_t word) {
    *reinterpret_cast<std::uint64_t*>(seen(frame) + offset) = word;
    *reinterpret_cast<std::uint64_t*>(&the_model.frames[frame][offset]) = word;
}

// A list of changes at the address that this returns, where the model knows the memory.
std::uint64_t Director::some_list(unsigned who, std::uint64_t& count) {
    const std::uint64_t address = some_address() & ~15ULL;
    const unsigned page = world::page_at(address);
    count = random_.below(4) + 1;
    if (random_.happens(4))
        count = random_.one_of({0, 257, 1ULL << 60});
    if (page == world::NO_PAGE)
        return address;
    const unsigned frame = the_model.spaces[the_model.threads[who].space].pages[page].frame;
    if (frame == NONE)
        return address;
    if (frame < world::FIRST_DATA_FRAME)
        return address; // code, which nobody may store to
    if (frame >= world::SEEN_FRAMES)
        count = 0;
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(count, 4); ++i) {
        const std::uint64_t offset = address % PAGE_SIZE + i * sizeof(SpaceItem);
        if (offset + sizeof(SpaceItem) > PAGE_SIZE)
            break;
        std::uint64_t what = world::PAGES[random_.below(world::DATA_PAGES)];
        if (random_.happens(4))
            what = random_.one_of({USER_END, KERNEL_OFFSET, 1ULL << 39, what | 1ULL << 39});
        what |= random_.below(8) << 4 | random_.one_of({1, 3, 3, 3, 7, 5, 0, 2, 4, 6});
        what |= random_.one_of({0, 2, 3, 5, 9, 15}) << 8;
        store(frame, offset, what);
        store(frame, offset + 8,
              random_.happens(5) ? world::CODE : some_address() & ~(PAGE_SIZE - 1));
    }
    return random_.happens(2) ? address + 4 : address;
}

// A page that others may not have.
bool Director::is_for_a_table(unsigned who, std::uint64_t address) const {
    const unsigned page = world::page_at(address);
    if (page == world::NO_PAGE)
        return false;
    const unsigned frame = the_model.spaces[the_model.threads[who].space].pages[page].frame;
    return frame != NONE && frame >= world::SEEN_FRAMES;
}

// Registers for another thread, at the address that this returns.
std::uint64_t Director::some_context(unsigned who) {
    const std::uint64_t address =
        world::PAGES[random_.below(world::DATA_PAGES)] + 8 * random_.below(400);
    const unsigned page = world::page_at(address);
    const unsigned frame = the_model.spaces[the_model.threads[who].space].pages[page].frame;
    if (frame == NONE)
        return address;
    if (frame < world::FIRST_DATA_FRAME || frame >= world::SEEN_FRAMES)
        return 0; // where no page is: the director must not, or cannot, store there
    store(frame, address % PAGE_SIZE, world::EBREAK);
    for (unsigned number = 1; number < reg::COUNT; ++number)
        store(frame, address % PAGE_SIZE + 8 * number, random_.next());
    return address;
}
