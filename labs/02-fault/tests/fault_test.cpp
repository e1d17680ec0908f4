// Your first three stages and copy on write on the host, where a test is quickly written. For
// learning: no points.
// SPDX-License-Identifier: MIT
//
//     cmake --build --preset default --target lab-02-tests && build/default/labs/lab-02-tests
//
// placement/vm_placement.hpp is the machine: 64 frames, and page tables in a std::map. Add what you
// want to know.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "services/vm/fault.hpp"
#include "services/vm/tables.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>

void panic(std::string_view why) { throw std::runtime_error(std::string(why)); }
void zero_page(PageBytes page) { std::ranges::fill(page, std::byte{}); }
void copy_page(PageBytes to, std::span<const std::byte, PAGE_SIZE> from) {
    std::ranges::copy(from, to.begin());
}

namespace {

constexpr std::uint64_t FIRST = 1024; // page
constexpr std::uint64_t PAGES = 8;

struct Programs {
    Programs() {
        REQUIRE(memory->set_up(tables->storage(), {}).has_value());
        parent = *memory->create();
        REQUIRE(memory
                    ->map(parent, {.first = Page(FIRST),
                                   .end = Page(FIRST + PAGES),
                                   .rights = Rights::read_write()})
                    .has_value());
    }
    // What the kernel does with a fault; install is the map's.
    Result<void> access(vm::SpaceId space, std::uint64_t page, Access access) {
        const VirtAddr address = Page(page).start();
        TRY(fault_resolve(*memory, space, Fault{address, address, access}));
        TRY(fault_frame(*memory));
        TRY(fault_fill(*memory));
        const vm::Resolution& found = memory->resolution();
        return memory->translations.map(space, found.page, found.frame, found.rights);
    }
    std::byte& byte(vm::SpaceId space, std::uint64_t page) {
        const auto& entry = memory->translations.entries.at({space.raw(), page});
        return memory->frames.bytes(entry.frame)[0];
    }
    Rights rights(vm::SpaceId space, std::uint64_t page) {
        return memory->translations.entries.at({space.raw(), page}).rights;
    }

    using Tables = vm::Tables<4, 64, HostFrames::COUNT, 64, 0>;
    std::unique_ptr<Tables> tables = std::make_unique<Tables>();
    std::unique_ptr<vm::Memory> memory = std::make_unique<vm::Memory>();
    vm::SpaceId parent{};
};

} // namespace

TEST_CASE("task 3: a first touch gets a frame of zeroes") {
    Programs programs;
    REQUIRE(programs.access(programs.parent, FIRST + 2, Access::store).has_value());
    CHECK(programs.memory->resolution().supply == vm::Supply::zero);
    CHECK(programs.byte(programs.parent, FIRST + 2) == std::byte{});
    CHECK(programs.memory->statistics().resident == 1);
}

TEST_CASE("task 3: what the region does not allow, and where none is") {
    Programs programs;
    const Result<void> fetched = programs.access(programs.parent, FIRST, Access::fetch);
    REQUIRE_FALSE(fetched.has_value());
    CHECK(fetched.error() == Error::not_permitted);
    const Result<void> beyond = programs.access(programs.parent, FIRST + PAGES, Access::load);
    REQUIRE_FALSE(beyond.has_value());
    CHECK(beyond.error() == Error::bad_address);
    CHECK(programs.memory->statistics().resident == 0);
}

TEST_CASE("task 5: parent and child share until one of them stores") {
    Programs programs;
    REQUIRE(programs.access(programs.parent, FIRST, Access::store).has_value());
    programs.byte(programs.parent, FIRST) = std::byte{7};
    const vm::SpaceId child = *programs.memory->create();
    REQUIRE(programs.memory->fork(programs.parent, child).has_value());
    CHECK_FALSE(programs.rights(programs.parent, FIRST).can_write());
    CHECK_FALSE(programs.rights(child, FIRST).can_write());
    REQUIRE(programs.access(child, FIRST, Access::store).has_value());
    programs.byte(child, FIRST) = std::byte{8};
    CHECK(programs.byte(programs.parent, FIRST) == std::byte{7});
}
