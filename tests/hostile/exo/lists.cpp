// Lists of changes: from bad memory, with refused members; keys and console that are not one's own.
// SPDX-License-Identifier: MIT
#include "child.hpp"
#include "expect.hpp"

using namespace hostile;

namespace {

using abi::exo::Change;
using Kind = Change::Kind;

void expect_done(std::string_view what, std::uint64_t target, const Change* list,
                 std::uint64_t count, std::int64_t done, std::int64_t error) {
    const Answer answer = primitive(Primitive::change, target, address_of(list), count);
    expect(what, answer.first, done);
    expect(what, -static_cast<std::int64_t>(answer.second), error);
}

constexpr Change GOOD = Change::make(Kind::remove, 0, SCRATCH);

// What lies before the refused member is done, what lies behind it is not.
void refused_members() {
    const std::uint64_t frame = take_frame(SLOT);
    share(SELF, SLOT, SLOT - 1, 1, READ);
    const struct {
        Change change;
        std::int64_t error;
    } refused[]{
        {Change::make(Kind::install, SLOT - 2, SCRATCH, READ), abi::PERMISSION},
        {Change::make(Kind::install, ~0ULL, SCRATCH, READ), abi::PERMISSION},
        {Change::make(Kind::install, SLOT, SCRATCH, WRITE), abi::PERMISSION},
        {Change::make(Kind::install, SLOT - 1, SCRATCH, READ | WRITE), abi::PERMISSION},
        {Change::make(Kind::install, SLOT, USER_END, READ), abi::FAULT},
        {Change::make(Kind::install, SLOT, SCRATCH + (1 << 21), READ), abi::NO_MEMORY},
        {Change::make(Kind::remove, 0, KERNEL_OFFSET + KERNEL_LOAD), abi::FAULT},
        {Change::make(Kind::protect, SLOT, SCRATCH + PAGE_SIZE, READ), abi::FAULT},
        {Change::make(Kind::protect, SLOT - 1, SCRATCH, READ | WRITE), abi::PERMISSION},
        {Change::make(Kind::protect, 0, SCRATCH, READ), abi::PERMISSION},
        {Change::make(Kind::clear_accessed, 0, 1ULL << 63), abi::FAULT},
        {Change::make(Kind::share, SLOT, 0, ALL), abi::EXISTS},
        {Change::make(Kind::share, SLOTS - 1, 0, ALL), abi::INVALID},
        {Change::make(Kind::share, ~0ULL, 0, ALL), abi::INVALID},
        {Change::make(Kind::release, SLOT - 2), abi::FAULT},
        {Change::make(Kind::release, ~0ULL), abi::FAULT},
        {Change::make(static_cast<Kind>(6), SLOT), abi::INVALID},
        {Change::make(static_cast<Kind>(7), SLOT), abi::INVALID},
    };
    for (const auto& [change, error] : refused) {
        const Change list[]{Change::make(Kind::install, SLOT, SCRATCH, READ | WRITE), GOOD,
                            Change::make(Kind::install, SLOT, SCRATCH, READ), change, GOOD};
        expect_done("a refused member", SELF, list, 5, 3, error);
        expect("what lies behind it was not done", record_of(frame).mappings, 1);
        expect("what lay before it was", remove(SCRATCH), 0);
    }
    unbind(SLOT - 1);
    release(SLOT);
    expect_that("it is free", record_of(frame).is_free());
}

// A list ends where the memory does: the kernel takes it in pieces of sixteen.
void lists_from_bad_memory() {
    take_frame(SLOT);
    install(SLOT, SCRATCH, READ | WRITE);
    auto* const end = reinterpret_cast<Change*>(SCRATCH + PAGE_SIZE);
    for (Change* change = end - 32; change != end; ++change)
        *change = Change::make(Kind::remove, 0, SCRATCH + 2 * PAGE_SIZE);
    expect_done("nothing", SELF, end, 0, 0, 0);
    expect_done("all", SELF, end - 32, 32, 32, 0);
    expect_done("one behind the end", SELF, end, 1, 0, abi::FAULT);
    expect_done("one too many", SELF, end - 16, 17, 16, abi::FAULT);
    expect_done("half of one", SELF,
                reinterpret_cast<Change*>(SCRATCH + PAGE_SIZE - sizeof(Change) / 2), 1, 0,
                abi::FAULT);
    expect_done("more than there are", SELF, end - 32, abi::exo::CHANGES, 32, abi::FAULT);
    for (const std::uint64_t count : Words{abi::exo::CHANGES + 1, 1ULL << 60, ~0ULL})
        expect_done("more than a list may have", SELF, end - 32, count, 0, abi::TOO_LARGE);
    // It takes its own memory away.
    end[-32] = GOOD;
    expect_done("a list that ends itself", SELF, end - 32, 32, 16, abi::FAULT);
    expect("its page is gone", remove(SCRATCH), -abi::FAULT);
    release(SLOT);
}

void changes_of_a_child() {
    take_frame(SLOT);
    const Change list[]{Change::make(Kind::install, SLOT, CHILD_DATA + PAGE_SIZE, READ | WRITE),
                        Change::make(Kind::share, SLOT, 0, READ),
                        Change::make(Kind::install, SLOT, EXO_ENVIRONMENT, READ | WRITE)};
    expect_done("a child's own page", CHILD, list, 3, 2, abi::FAULT);
    expect("the child binds it to read",
           let_child(Primitive::install, SLOT, CHILD_DATA + PAGE_SIZE, READ | WRITE),
           -abi::PERMISSION);
    expect("the child reads it", let_child(Primitive::install, SLOT, CHILD_DATA + PAGE_SIZE, READ),
           0);
    release(SLOT);
}

void keys_and_console() {
    take_frame(SLOT);
    expect("take the keys twice", ask(Primitive::take_keys, SLOT), -abi::BUSY);
    expect("a child takes them", let_child(Primitive::take_keys, CHILDS_DATA), -abi::BUSY);
    for (const std::uint64_t address :
         Words{0, CHILD_CODE - 1, CHILD_DATA + PAGE_SIZE, LIBRARY_BASE, EXO_SHARED, USER_END,
               KERNEL_OFFSET + KERNEL_LOAD, CHILD_DATA | 1ULL << 39, ~0ULL})
        expect("a child writes what it cannot read",
               let_child(Primitive::write_console, address, 1), -abi::FAULT);
    expect("a child writes nothing", let_child(Primitive::write_console, 0, 0), 0);
    release(SLOT);
}

} // namespace

extern "C" int lists() {
    prepare_children();
    refused_members();
    lists_from_bad_memory();
    make_and_begin_child(serving());
    changes_of_a_child();
    end_child();
    make_and_begin_child(serving());
    keys_and_console();
    end_child();
    return failures();
}
