// Random use under every policy, with memory so short that swap works hard, against the model.
// SPDX-License-Identifier: MIT
#include "tests/vm/model.hpp"
#include "tests/vm/system.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <random>

namespace {

constexpr vm::FileId PRIVATE_FILE{1};
constexpr vm::FileId SHARED_FILE{2};
constexpr std::uint64_t FILE_PAGES = 6;
constexpr std::uint64_t PAGES = 160; // page numbers in use: more than two windows
constexpr std::uint64_t HEAP_FIRST = 100;

std::uint64_t word_of_file(std::uint64_t file, std::uint64_t page, std::size_t word) {
    return file << 32 | page << 8 | word;
}

std::vector<std::byte> file_contents(std::uint64_t file) {
    std::vector<std::byte> bytes(FILE_PAGES * PAGE_SIZE);
    for (std::uint64_t page = 0; page < FILE_PAGES; ++page)
        for (std::size_t word = 0; word < 8; ++word) {
            const std::uint64_t value = word_of_file(file, page, word);
            std::memcpy(&bytes[page * PAGE_SIZE + word * 512], &value, sizeof value);
        }
    return bytes;
}

// One run: system and model side by side.
class Run {
public:
    Run(unsigned seed, const Sizes& sizes, bool devices_fail)
        : random_(seed), devices_fail_(devices_fail), system_(sizes) {
        for (const std::uint64_t file : {PRIVATE_FILE.raw(), SHARED_FILE.raw()})
            system_.machine.files[file] = file_contents(file);
        for (std::uint64_t page = 0; page < FILE_PAGES; ++page)
            for (std::size_t word = 0; word < 8; ++word)
                model_.shared[page][word] = word_of_file(SHARED_FILE.raw(), page, word);
    }

    void steps(int count) {
        for (int i = 0; i < count; ++i) {
            if (devices_fail_ && pick(40) == 0) {
                system_.machine.transfers_until_failure = pick(6);
                system_.machine.failures = 1 + pick(3);
            }
            step();
        }
        system_.machine.failures = 0;
    }

    // Everything that programs can see is as the model says.
    void compare() {
        for (auto& [id, space] : model_.spaces)
            for (auto& [number, page] : space.pages)
                for (std::size_t word = 0; word < 8 && page.rights.can_read(); ++word) {
                    const auto value = system_.load(vm::SpaceId(id), Page(number), word * 64);
                    REQUIRE(value.has_value());
                    REQUIRE(*value == model_.words(page)[word]);
                }
    }

    // All spaces end; nothing is lost, and the shared file has every store.
    void finish() {
        while (!model_.spaces.empty())
            end(model_.spaces.begin()->first);
        CHECK(system_.is_empty());
        if (devices_fail_)
            return; // a write that failed lost a page, and said so
        for (const auto& [page, words] : model_.shared)
            for (std::size_t word = 0; word < 8; ++word) {
                std::uint64_t value = 0;
                std::memcpy(
                    &value,
                    &system_.machine.files[SHARED_FILE.raw()][page * PAGE_SIZE + word * 512],
                    sizeof value);
                CHECK(value == words[word]);
            }
        CHECK(system_.machine.files[PRIVATE_FILE.raw()] == file_contents(PRIVATE_FILE.raw()));
    }

private:
    std::uint64_t pick(std::uint64_t below) { return random_() % below; }

    // Whether RESULT is a success. Only what a failing device or a full table causes may fail.
    bool passed(const Result<void>& result) {
        if (result)
            return true;
        const bool full = result.error() == Error::no_memory || result.error() == Error::exists;
        REQUIRE((full || (devices_fail_ && result.error() == Error::input_output)));
        return false;
    }

    void step() {
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

    void create() {
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

    void touch(std::uint64_t id, ModelSpace& space) {
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
        else if (!seen)
            REQUIRE((devices_fail_ && seen.error() == Error::input_output));
        else if (store)
            model_.words(known->second)[word] = *seen;
        else
            REQUIRE(*seen == model_.words(known->second)[word]);
    }

    // The word, read or newly written.
    Result<std::uint64_t> use(vm::SpaceId id, Page page, std::size_t word, bool store) {
        if (!store)
            return system_.load(id, page, word * 64);
        const std::uint64_t value = random_();
        TRY(system_.store(id, page, value, word * 64));
        return value;
    }

    void map(std::uint64_t id, ModelSpace& space) {
        const std::uint64_t pages = 1 + pick(12);
        const std::uint64_t first = pick(HEAP_FIRST - pages);
        vm::Region region = anonymous(first, first + pages, some_rights());
        std::uint64_t file_first = 0;
        if (pick(3) != 0) {
            file_first = pick(FILE_PAGES);
            region.file_offset = file_first * PAGE_SIZE;
            region.backing = pick(2) == 0 ? vm::Backing::file_shared : vm::Backing::file_private;
            const bool shared = region.backing == vm::Backing::file_shared;
            region.file = shared ? SHARED_FILE : PRIVATE_FILE;
            region.file_bytes = std::min(pages, FILE_PAGES - file_first) * PAGE_SIZE;
            if (shared)
                region.end = region.first + region.file_bytes / PAGE_SIZE;
            else if (pick(2) == 0)
                region.file_bytes -= PAGE_SIZE - 512 * (1 + pick(7));
        }
        if (!passed(system_.memory->map(vm::SpaceId(id), region)))
            return;
        for (Page page = region.first; page < region.end; page = page + 1) {
            ModelPage fresh{region.rights, region.backing, file_first + (page - region.first), {}};
            for (std::size_t word = 0; word < 8; ++word)
                if (region.backing == vm::Backing::file_private &&
                    word * 512 < region.file_bytes_at(page))
                    fresh.words[word] = word_of_file(region.file.raw(), fresh.file_page, word);
            REQUIRE(space.pages.emplace(page.number(), fresh).second);
        }
    }

    Rights some_rights() {
        switch (pick(8)) {
        case 0:
            return Rights::none();
        case 1:
            return Rights::read();
        case 2:
            return Rights::read_execute();
        default:
            return Rights::read_write();
        }
    }

    vm::PageRange some_range() {
        const std::uint64_t first = pick(HEAP_FIRST);
        return {page_at(first), page_at(std::min(first + 1 + pick(14), HEAP_FIRST))};
    }

    void unmap(std::uint64_t id, ModelSpace& space) {
        const vm::PageRange range = some_range();
        const Result<void> result = system_.memory->unmap(vm::SpaceId(id), range);
        const bool done = passed(result) || result.error() == Error::input_output;
        if (!done)
            return;
        for (Page page = range.first; page < range.end; page = page + 1)
            space.pages.erase(page.number());
        forget_if_lost(result);
    }

    void protect(std::uint64_t id, ModelSpace& space) {
        vm::PageRange range = some_range();
        if (!space.pages.empty() && pick(5) != 0) {
            auto chosen = space.pages.begin();
            std::advance(chosen, pick(space.pages.size()));
            range = {Page(chosen->first), Page(chosen->first + 1 + pick(3))};
        }
        bool whole = true;
        for (Page page = range.first; page < range.end; page = page + 1)
            whole &= space.pages.contains(page.number());
        const Rights rights = some_rights();
        const Result<void> result = system_.memory->protect(vm::SpaceId(id), range, rights);
        if (!whole) {
            REQUIRE(result.error() == Error::bad_address);
            return;
        }
        if (!passed(result))
            return;
        for (Page page = range.first; page < range.end; page = page + 1)
            space.pages[page.number()].rights = rights;
    }

    void move_break(std::uint64_t id, ModelSpace& space) {
        const auto bytes = static_cast<std::int64_t>(pick(6 * PAGE_SIZE)) -
                           static_cast<std::int64_t>(pick(4 * PAGE_SIZE));
        const Result<VirtAddr> old = system_.memory->move_break(vm::SpaceId(id), bytes);
        if (!old) {
            const bool below = bytes < 0 && static_cast<std::uint64_t>(-bytes) > space.heap_bytes;
            REQUIRE(old.error() == (below ? Error::invalid : Error::no_memory));
            return;
        }
        REQUIRE(*old == page_at(HEAP_FIRST).start() + space.heap_bytes);
        space.heap_bytes += static_cast<std::uint64_t>(bytes);
        const std::uint64_t end = HEAP_FIRST + pages_to_hold(space.heap_bytes);
        for (std::uint64_t n = HEAP_FIRST; n < PAGES; ++n) {
            if (n < end)
                space.pages.try_emplace(page_at(n).number(),
                                        ModelPage{.rights = Rights::read_write()});
            else
                space.pages.erase(page_at(n).number());
        }
    }

    void fork(std::uint64_t parent) {
        const Result<vm::SpaceId> child = system_.memory->create();
        if (!child)
            return;
        if (pick(8) == 0)
            system_.machine.tables_until_failure = pick(12);
        const Result<void> forked = system_.memory->fork(vm::SpaceId(parent), *child);
        system_.machine.tables_until_failure = ~0ULL;
        if (passed(forked))
            model_.spaces[child->raw()] = model_.spaces[parent];
        else
            REQUIRE(system_.destroy(*child).has_value());
    }

    void end(std::uint64_t id) {
        const Result<void> ended = system_.destroy(vm::SpaceId(id));
        passed(ended);
        model_.spaces.erase(id);
        forget_if_lost(ended);
    }

    // A page of the shared file could not be written: what it holds now is what the file holds.
    void forget_if_lost(const Result<void>& result) {
        if (result || result.error() != Error::input_output)
            return;
        for (auto& [page, words] : model_.shared)
            relearn(page, words);
    }

    void relearn(std::uint64_t file_page, Words& words) {
        system_.machine.failures = 0;
        for (auto& [id, space] : model_.spaces)
            for (auto& [number, page] : space.pages)
                if (page.backing == vm::Backing::file_shared && page.file_page == file_page &&
                    page.rights.can_read()) {
                    for (std::size_t word = 0; word < 8; ++word)
                        words[word] = *system_.load(vm::SpaceId(id), Page(number), word * 64);
                    return;
                }
        for (std::size_t word = 0; word < 8; ++word)
            std::memcpy(
                &words[word],
                &system_.machine.files[SHARED_FILE.raw()][file_page * PAGE_SIZE + word * 512],
                sizeof words[word]);
    }

    // The placement's side: page-out, memory that shrinks and grows, write-back.
    void manage() {
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

    std::mt19937_64 random_;
    bool devices_fail_;
    System system_;
    Model model_;
};

void run(vm::Policy policy, unsigned seed, bool devices_fail, std::size_t slots) {
    CAPTURE(seed);
    Run run(seed,
            {.frames = 24,
             .slots = slots,
             .spaces = 4,
             .nodes = 40,
             .configuration = {.policy = policy, .pool = 12, .low = 2, .high = 3}},
            devices_fail);
    for (int round = 0; round < 6; ++round) {
        run.steps(400);
        run.compare();
    }
    run.finish();
}

void run_all(bool devices_fail, std::size_t slots) {
    for (const vm::Policy policy :
         {vm::Policy::fifo, vm::Policy::clock, vm::Policy::lru, vm::Policy::mru}) {
        CAPTURE(policy);
        for (unsigned seed = 1; seed <= 12; ++seed)
            run(policy, seed, devices_fail, slots);
    }
}

} // namespace

TEST_CASE("vm: random use sees what the model says") { run_all(false, 60); }
TEST_CASE("vm: random use with few slots, and without any") {
    run_all(false, 7);
    run_all(false, 0);
}
TEST_CASE("vm: random use while devices fail loses nothing but what was refused") {
    run_all(true, 60);
}
