// Tables, parts, environments and slices from what is not free to be given, or not one's own.
// SPDX-License-Identifier: MIT
#include "child.hpp"
#include "expect.hpp"

using namespace hostile;

namespace {

constexpr std::uint64_t OTHER_TABLE = SCRATCH + (1 << 21); // has none
constexpr std::uint64_t LAST_TABLE = USER_END - 1;         // can have none
constexpr std::uint64_t PIECE = PIECES + 3;

void expect_no_material(std::string_view why, std::uint64_t slot) {
    expect(why, give_table(SELF, OTHER_TABLE, slot), -abi::PERMISSION);
    expect(why, give_part(SELF, 4, slot), -abi::PERMISSION);
    expect(why, give_table(CHILD, OTHER_TABLE, slot), -abi::PERMISSION);
    expect(why, give_part(CHILD, 4, slot), -abi::PERMISSION);
}

// With the piece in the middle as PREPARE has made it, and made good by MEND.
void expect_no_environment(std::string_view why, void (*prepare)(), void (*mend)()) {
    for (std::uint64_t i = 0; i < abi::exo::FRAMES_TO_CREATE; ++i)
        take_frame(PIECES + i);
    prepare();
    expect(why, ask(Primitive::create, PIECES, SLOT), -abi::PERMISSION);
    expect("the slot is empty", unbind(SLOT), -abi::FAULT);
    mend();
    for (std::uint64_t i = 0; i < abi::exo::FRAMES_TO_CREATE; ++i)
        if (PIECES + i != PIECE)
            expect("the others are one's own still", release(PIECES + i), 0);
}

// The child is there, with a frame of its own that it has shared.
void material() {
    const std::uint64_t frame = take_frame(SLOT);
    const std::uint64_t childs = free_frame();
    expect("the child allocates", let_child(Primitive::allocate, childs, CHILDS_FREE), 0);
    expect_no_material("an empty slot", SLOT - 2);
    expect_no_material("no slot", ~0ULL - 1);
    expect("share", share(SELF, SLOT, SLOT - 1, 1, ALL), 0);
    expect_no_material("a frame that is bound twice", SLOT);
    expect("unbind", unbind(SLOT - 1), 0);
    expect("install", install(SLOT, SCRATCH, READ), 0);
    expect_no_material("a frame that is mapped", SLOT);
    expect("remove", remove(SCRATCH), 0);
    expect("share to read", share(SELF, SLOT, SLOT - 1, 1, READ), 0);
    expect("unbind", unbind(SLOT), 0);
    expect_no_material("a frame that is to be read only", SLOT - 1);
    expect("release", release(SLOT - 1), 0);
    expect("it is still free", record_of(frame).is_free() ? 1 : 0, 1);
}

void places() {
    take_frame(SLOT);
    for (const std::uint64_t address :
         Words{LAST_TABLE, USER_END, EXO_ENVIRONMENT | 1ULL << 39, 1ULL << 38,
               KERNEL_OFFSET + KERNEL_LOAD, KERNEL_STACKS, ~0ULL}) {
        expect("a table where there can be none", give_table(SELF, address, SLOT), -abi::INVALID);
        expect("graft where there can be none",
               -std::int64_t{ask(Primitive::graft, CHILD, address, SLOTS) != 0}, -1);
    }
    for (const std::uint64_t address :
         Words{SCRATCH, LIBRARY_BASE, EXO_FRAMES, EXO_TABLES, EXO_ENVIRONMENT, EXO_SHARED}) {
        expect("a second table", give_table(SELF, address, SLOT), -abi::EXISTS);
    }
    for (const std::uint64_t address : Words{CHILD_CODE, EXO_FRAMES, EXO_TABLES, EXO_ENVIRONMENT})
        expect("graft over a table", ask(Primitive::graft, CHILD, address, SLOTS), -abi::EXISTS);
    for (const std::uint64_t part : Words{0, 1, PART})
        expect("a second part", give_part(SELF, part, SLOT), -abi::EXISTS);
    for (const std::uint64_t part : Words{abi::exo::PARTS, 1ULL << 32, 1ULL << 61, ~0ULL})
        expect("no such part", give_part(SELF, part, SLOT), -abi::INVALID);
    expect("graft over a part", ask(Primitive::graft, CHILD, LIBRARY_BASE, 0), -abi::EXISTS);
    expect("graft no table", ask(Primitive::graft, CHILD, OTHER_TABLE, SLOTS), -abi::FAULT);
    expect("graft no part", ask(Primitive::graft, CHILD, LIBRARY_BASE, SLOTS - 1), -abi::FAULT);
    expect("graft beyond", ask(Primitive::graft, CHILD, LIBRARY_BASE, ~0ULL - 1), -abi::FAULT);
    expect("graft onto oneself", ask(Primitive::graft, SELF, SCRATCH, SLOTS), -abi::EXISTS);
    expect("nothing was taken", release(SLOT), 0);
}

void pieces() {
    expect_no_environment(
        "a piece that is missing", [] { release(PIECE); }, [] {});
    expect_no_environment(
        "a piece that is bound twice", [] { share(SELF, PIECE, SLOT - 1, 1, ALL); },
        [] { unbind(SLOT - 1), release(PIECE); });
    expect_no_environment(
        "a piece that is mapped", [] { install(PIECE, SCRATCH, READ); },
        [] { remove(SCRATCH), release(PIECE); });
    expect_no_environment(
        "a piece that was given back",
        [] {
            release(PIECE);
            const Capability gone = allocate(some_frame());
            bind(gone, PIECE);
            deallocate(gone);
        },
        [] { release(PIECE); });
}

void places_of_pieces() {
    for (std::uint64_t i = 0; i < abi::exo::FRAMES_TO_CREATE; ++i)
        take_frame(PIECES + i);
    for (const std::uint64_t first :
         Words{abi::exo::BINDINGS - 5, abi::exo::BINDINGS, 1ULL << 61, ~0ULL, ~0ULL - 3})
        expect("pieces beyond the table", ask(Primitive::create, first, SLOT), -abi::INVALID);
    expect("a slot in use", ask(Primitive::create, PIECES, PIECES), -abi::EXISTS);
    expect("the library OS's slot", ask(Primitive::create, PIECES, 0), -abi::EXISTS);
    expect("no slot", ask(Primitive::create, PIECES, SLOTS - 1), -abi::INVALID);
    for (std::uint64_t i = 0; i < abi::exo::FRAMES_TO_CREATE; ++i)
        expect("nothing was taken", release(PIECES + i), 0);
}

// A capability that was handed on without the right to write is good for nothing.
void targets() {
    take_frame(SLOT);
    for (const std::uint64_t rights : Words{0, READ, READ | EXECUTE}) {
        expect("share to look on", share(SELF, CHILD, FREE_SLOTS, 1, rights), 0);
        for (const std::uint64_t target : Words{FREE_SLOTS, SLOT, SLOT - 1, ~0ULL - 1}) {
            const abi::exo::Contexts contexts{};
            expect("destroy", ask(Primitive::destroy, target), -abi::PERMISSION);
            expect("set contexts", set_contexts(target, contexts), -abi::PERMISSION);
            expect("start", ask(Primitive::start, target), -abi::PERMISSION);
            expect("yield", ask(Primitive::yield, target), -abi::PERMISSION);
            expect("give a slice", ask(Primitive::give_slice, 101, target), -abi::PERMISSION);
            expect("give a table", give_table(target, OTHER_TABLE, SLOT), -abi::PERMISSION);
            expect("give a part", give_part(target, 4, SLOT), -abi::PERMISSION);
            expect("graft", ask(Primitive::graft, target, LIBRARY_BASE, SLOTS), -abi::PERMISSION);
            expect("share", share(target, SLOT, 100, 1, ALL), -abi::PERMISSION);
            expect(
                "change",
                -static_cast<std::int64_t>(primitive(Primitive::change, target, SCRATCH, 0).second),
                abi::PERMISSION);
        }
        expect("unbind", unbind(FREE_SLOTS), 0);
    }
    expect("release", release(SLOT), 0);
}

void slices() {
    for (const std::uint64_t position : Words{abi::exo::SLICES, 1ULL << 32, ~0ULL})
        expect("no such slice", ask(Primitive::give_slice, position, SELF), -abi::INVALID);
    expect("the child's slice", ask(Primitive::give_slice, 100, SELF), -abi::PERMISSION);
    expect("the child takes one's own", let_child(Primitive::give_slice, 0, SELF),
           -abi::PERMISSION);
    expect("the child takes nobody's", let_child(Primitive::give_slice, 101, SELF), 0);
    expect("it was taken", ask(Primitive::give_slice, 101, SELF), -abi::PERMISSION);
}

// No right grows by being shared, nor does a table.
void shares() {
    using abi::exo::BINDINGS;
    const std::uint64_t frame = take_frame(SLOT);
    expect("share to read", share(SELF, SLOT, SLOT - 1, 1, READ), 0);
    expect("and all rights of that", share(SELF, SLOT - 1, SLOT - 2, 1, ALL), 0);
    for (const std::uint64_t slot : Words{SLOT - 1, SLOT - 2})
        expect("install it to write", install(slot, SCRATCH, READ | WRITE), -abi::PERMISSION);
    expect("to a slot in use", share(SELF, SLOT, 0, 1, ALL), -abi::EXISTS);
    expect("over itself", share(SELF, SLOT, SLOT, 1, ALL), -abi::EXISTS);
    expect("from beyond", share(SELF, BINDINGS, FREE_SLOTS, 1, ALL), -abi::INVALID);
    expect("to beyond", share(SELF, SLOT, BINDINGS, 1, ALL), -abi::INVALID);
    expect("from here to beyond", share(SELF, SLOT, BINDINGS - 1, 2, ALL), -abi::INVALID);
    expect("all there are", share(SELF, SLOT, FREE_SLOTS, ~0ULL, ALL), -abi::INVALID);
    expect("to a part that is not there", share(SELF, SLOT, SLOTS - 1, 1, ALL), -abi::INVALID);
    expect("the child has no such part", share(CHILD, SLOT, SLOTS, 1, ALL), -abi::INVALID);
    for (const std::uint64_t slot : Words{SLOT - 1, SLOT - 2})
        expect("unbind", unbind(slot), 0);
    // Slots that are filled on the way are not there for that.
    const std::uint64_t last = SLOTS + abi::exo::PART_SLOTS - 1;
    expect("share to the last slot but one", share(SELF, SLOT, last - 1, 1, ALL), 0);
    expect("and from there past the end", share(SELF, last - 1, last, 2, ALL), -abi::INVALID);
    expect("unbind", unbind(last - 1), 0);
    expect("bindings", record_of(frame).bindings, 1);
    expect("release", release(SLOT), 0);
}

// Behind the last slot of part 3 there is part 4, which was not given.
void shares_past_a_part() {
    take_frame(SLOT);
    expect("give part 3", give_part(SELF, 3, SLOT), 0);
    const std::uint64_t frame = take_frame(SLOT);
    const std::uint64_t last = 4 * abi::exo::PART_SLOTS - 1;
    expect("share to the last slot but one", share(SELF, SLOT, last - 1, 1, ALL), 0);
    expect("and from there past the part", share(SELF, last - 1, last, 2, ALL), -abi::INVALID);
    expect("nobody has what no part holds", install(last + 1, SCRATCH, READ), -abi::PERMISSION);
    expect("bindings", record_of(frame).bindings, 2);
    expect("unbind", unbind(last - 1), 0);
    expect("release", release(SLOT), 0);
}

// What two environments have in common outlives the first of them.
void grafts() {
    expect("the table and the part", ask(Primitive::graft, CHILD, LIBRARY_BASE, SLOTS), 0);
    expect("twice", ask(Primitive::graft, CHILD, LIBRARY_BASE, SLOTS), -abi::EXISTS);
    take_frame(SLOT);
    expect("a table there", give_table(CHILD, LIBRARY_BASE, SLOT), -abi::EXISTS);
    expect("a part there", give_part(CHILD, PART, SLOT), -abi::EXISTS);
    expect("release", release(SLOT), 0);
    expect("the child takes the slot of its own capability away",
           let_child(Primitive::unbind, FREE_SLOTS), -abi::FAULT);
    end_child();
    expect("the common part is one's own still", allocate(free_frame(), FREE_SLOTS), 0);
    expect("and has what was in it", install(DATA_SLOT, SCRATCH, READ), 0);
    expect("remove", remove(SCRATCH), 0);
    expect("release", release(FREE_SLOTS), 0);
}

// All of a child is free after its end, whatever it had.
void endings() {
    const std::uint64_t root = make_child();
    begin_child(serving());
    const std::uint64_t first = free_frame();
    expect("the child allocates", let_child(Primitive::allocate, first, CHILDS_FREE), 0);
    expect("the child maps",
           let_child(Primitive::install, CHILDS_FREE, CHILD_DATA + PAGE_SIZE, READ | WRITE), 0);
    const std::uint64_t second = free_frame();
    expect("the child allocates and forgets", let_child(Primitive::allocate, second, NONE) < 0, 0);
    expect("others' frames", allocate(first, SLOT), -abi::PERMISSION);
    expect("others' frames", allocate(root, SLOT), -abi::PERMISSION);
    end_child();
    for (const std::uint64_t frame : {root, first, second})
        expect_that("it is free", record_of(frame).is_free());
}

// As many as there can be, and one more.
void all_environments() {
    std::uint64_t made = 0;
    std::int64_t answer = 0;
    while (answer == 0 && made <= abi::exo::ENVIRONMENTS) {
        for (std::uint64_t i = 0; i < abi::exo::FRAMES_TO_CREATE; ++i)
            take_frame(PIECES + i);
        answer = ask(Primitive::create, PIECES, FREE_SLOTS + made);
        made += answer == 0 ? 1 : 0;
    }
    expect("one too many", answer, -abi::TOO_MANY);
    expect("environments", static_cast<std::int64_t>(made), abi::exo::ENVIRONMENTS - 1);
    for (std::uint64_t i = 0; i < abi::exo::FRAMES_TO_CREATE; ++i)
        expect("nothing was taken", release(PIECES + i), 0);
    for (std::uint64_t i = 0; i < made; ++i) {
        expect("destroy", ask(Primitive::destroy, FREE_SLOTS + i), 0);
        expect("unbind", unbind(FREE_SLOTS + i), 0);
    }
}

} // namespace

extern "C" int making() {
    prepare_children();
    pieces();
    places_of_pieces();
    make_and_begin_child(serving());
    material();
    places();
    targets();
    slices();
    shares();
    shares_past_a_part();
    grafts();
    endings();
    all_environments();
    return failures();
}
