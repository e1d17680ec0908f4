// What happens in a run, and the comparison of what programs see with the model.
// SPDX-License-Identifier: MIT
#include "tests/vm/model_run.hpp"

#include <doctest/doctest.h>

#include <cstring>

std::uint64_t word_of_file(std::uint64_t file, std::uint64_t page, std::size_t word) {
    return file << 32 | page << 8 | word;
}

namespace {

std::vector<std::byte> file_contents(std::uint64_t file) {
    std::vector<std::byte> bytes(FILE_PAGES * PAGE_SIZE);
    for (std::uint64_t page = 0; page < FILE_PAGES; ++page)
        for (std::size_t word = 0; word < 8; ++word) {
            const std::uint64_t value = word_of_file(file, page, word);
            std::memcpy(&bytes[page * PAGE_SIZE + word * 512], &value, sizeof value);
        }
    return bytes;
}

} // namespace

Run::Run(unsigned seed, const Sizes& sizes, bool devices_fail)
    : random_(seed), devices_fail_(devices_fail), system_(sizes) {
    for (const std::uint64_t file : {PRIVATE_FILE.raw(), SHARED_FILE.raw()})
        system_.machine.files[file] = file_contents(file);
    for (std::uint64_t page = 0; page < FILE_PAGES; ++page)
        for (std::size_t word = 0; word < 8; ++word)
            model_.shared[page][word] = word_of_file(SHARED_FILE.raw(), page, word);
}

void Run::steps(int count) {
    for (int i = 0; i < count; ++i) {
        if (devices_fail_ && pick(40) == 0) {
            system_.machine.transfers_until_failure = pick(6);
            system_.machine.failures = 1 + pick(3);
        }
        step();
    }
    system_.machine.failures = 0;
}

void Run::compare() {
    for (auto& [id, space] : model_.spaces)
        for (auto& [number, page] : space.pages)
            for (std::size_t word = 0;
                 word < 8 && page.rights.can_read() && !page.is_beyond(FILE_PAGES); ++word) {
                const auto value = system_.load(vm::SpaceId(id), Page(number), word * 64);
                REQUIRE(value.has_value());
                REQUIRE(*value == model_.words(page)[word]);
            }
}

void Run::finish() {
    while (!model_.spaces.empty())
        end(model_.spaces.begin()->first);
    CHECK(system_.is_empty());
    // It was a run short of memory.
    const vm::Counters counted = system_.memory->statistics().counters;
    CHECK(counted.evictions > 20);
    CHECK((counted.count(vm::Supply::swap) > 20 || system_.machine.swap.size() < 20));
    CHECK(counted.count(vm::Supply::copy) + counted.count(vm::Supply::shared) > 0);
    if (devices_fail_)
        return; // a write that failed lost a page, and said so
    for (const auto& [page, words] : model_.shared)
        for (std::size_t word = 0; word < 8; ++word) {
            std::uint64_t value = 0;
            std::memcpy(&value,
                        &system_.machine.files[SHARED_FILE.raw()][page * PAGE_SIZE + word * 512],
                        sizeof value);
            CHECK(value == words[word]);
        }
    CHECK(system_.machine.files[PRIVATE_FILE.raw()] == file_contents(PRIVATE_FILE.raw()));
}

bool Run::passed(const Result<void>& result) {
    if (result)
        return true;
    const bool full = result.error() == Error::no_memory || result.error() == Error::exists;
    REQUIRE((full || (devices_fail_ && result.error() == Error::input_output)));
    return false;
}

void Run::step() {
    if (model_.spaces.empty())
        return create();
    auto space = model_.spaces.begin();
    std::advance(space, pick(model_.spaces.size()));
    const std::uint64_t what = pick(200);
    if (what < 170)
        touch(space->first, space->second);
    else if (what < 176)
        map(space->first, space->second);
    else if (what < 180)
        unmap(space->first, space->second);
    else if (what < 184)
        protect(space->first, space->second);
    else if (what < 188)
        move_break(space->first, space->second);
    else if (what < 191)
        fork(space->first);
    else if (what < 193)
        end(space->first);
    else if (what < 194)
        create();
    else
        manage();
}

void Run::create() {
    const Result<vm::SpaceId> id = system_.memory->create();
    if (!id) {
        REQUIRE(id.error() == Error::too_many);
        return;
    }
    model_.spaces[id->raw()] = {};
    REQUIRE(system_.memory->set_heap(*id, page_at(HEAP_FIRST).start(), page_at(PAGES).start())
                .has_value());
    map(id->raw(), model_.spaces[id->raw()]);
}

void Run::touch(std::uint64_t id, ModelSpace& space) {
    // Mostly what is there, sometimes anything.
    Page page = page_at(pick(PAGES));
    if (!space.pages.empty() && pick(10) != 0) {
        auto chosen = space.pages.begin();
        std::advance(chosen, pick(space.pages.size()));
        page = Page(chosen->first);
    }
    const std::size_t word = pick(8);
    const bool store = pick(2) == 0;
    const auto known = space.pages.find(page.number());
    const Result<std::uint64_t> seen = use(vm::SpaceId(id), page, word, store);
    if (known == space.pages.end())
        REQUIRE(seen.error() == Error::bad_address);
    else if (!known->second.rights.allow(store ? Access::store : Access::load))
        REQUIRE(seen.error() == Error::not_permitted);
    else if (known->second.is_beyond(FILE_PAGES))
        REQUIRE((seen.error() == Error::bad_address ||
                 (devices_fail_ && seen.error() == Error::input_output)));
    else if (!seen)
        REQUIRE((devices_fail_ && seen.error() == Error::input_output));
    else if (store)
        model_.words(known->second)[word] = *seen;
    else
        REQUIRE(*seen == model_.words(known->second)[word]);
}

Result<std::uint64_t> Run::use(vm::SpaceId id, Page page, std::size_t word, bool store) {
    if (!store)
        return system_.load(id, page, word * 64);
    const std::uint64_t value = random_();
    TRY(system_.store(id, page, value, word * 64));
    return value;
}

void Run::manage() {
    switch (pick(4)) {
    case 0: {
        const Result<std::uint64_t> evicted = system_.memory->page_out(1 + pick(4));
        REQUIRE((evicted || devices_fail_));
        break;
    }
    case 1:
        if (passed(system_.memory->shrink(1 + pick(3))))
            REQUIRE(system_.memory->statistics().resident <= system_.memory->pool());
        break;
    case 2:
        static_cast<void>(system_.memory->grow(1 + pick(3)));
        break;
    default:
        passed(system_.memory->write_back());
    }
}
