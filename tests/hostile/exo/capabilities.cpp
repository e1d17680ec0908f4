// Capabilities for frames, environments and extents: forged, altered, stale, borrowed.
// SPDX-License-Identifier: MIT
#include "child.hpp"
#include "expect.hpp"

using namespace hostile;

namespace {

std::int64_t return_extent(const Capability& capability) {
    return ask(Primitive::return_extent, capability.name, capability.authenticator);
}
// The disk's last block, which is swap that no process needs yet.
Capability take_last_block() {
    return ask_for_capability(Primitive::take_extent, environment_page().disk_blocks - 1, 1);
}
// Of the frames behind PIECES.
Capability create() {
    for (std::uint64_t i = 0; i < abi::exo::FRAMES_TO_CREATE; ++i)
        take_frame(PIECES + i);
    return ask_for_capability(Primitive::create, PIECES, NONE);
}

void expect_worthless(std::string_view what, const Capability& capability) {
    expect(what, bind(capability, SLOT), -abi::PERMISSION);
    expect(what, deallocate(capability), -abi::PERMISSION);
    expect(what, return_extent(capability), -abi::PERMISSION);
}

void expect_sealed(const Capability& genuine, const Capability& other) {
    for (unsigned bit = 0; bit < 64; ++bit) {
        expect_worthless("an altered name", {genuine.name ^ 1ULL << bit, genuine.authenticator});
        expect_worthless("an altered seal", {genuine.name, genuine.authenticator ^ 1ULL << bit});
    }
    expect_worthless("another's seal", {genuine.name, other.authenticator});
    expect_worthless("words swapped", {genuine.authenticator, genuine.name});
}

void forged() {
    for (const std::uint64_t number :
         Words{0, some_frame(), some_frame() | 7ULL << 33, 1 | 1ULL << 31 | 7ULL << 33,
               2ULL << 31 | 7ULL << 33, 3ULL << 31, ~0ULL})
        for (const std::uint64_t seal : Words{0, 1, ~0ULL, number})
            expect_worthless("a forged one", {number, seal});
}

void altered() {
    const Capability frame = allocate(some_frame());
    const Capability environment = create();
    const Capability extent = take_last_block();
    expect_sealed(frame, environment);
    expect_sealed(environment, extent);
    expect_sealed(extent, frame);
    expect("nothing was bound", unbind(SLOT), -abi::FAULT);

    expect("bind the environment", bind(environment, CHILD), 0);
    expect("destroy it", ask(Primitive::destroy, CHILD), 0);
    expect("unbind it", unbind(CHILD), 0);
    expect("deallocate the frame", deallocate(frame), 0);
    expect("return the extent", return_extent(extent), 0);
}

// Each is for what it is for.
void mistaken() {
    const Capability frame = allocate(some_frame());
    const Capability environment = create();
    const Capability extent = take_last_block();
    for (const Capability& other : {environment, extent})
        expect("deallocate another kind", deallocate(other), -abi::PERMISSION);
    for (const Capability& other : {environment, frame})
        expect("return another kind", return_extent(other), -abi::PERMISSION);
    bind(frame, FREE_SLOTS);
    bind(environment, FREE_SLOTS + 1);
    bind(extent, FREE_SLOTS + 2);
    for (const std::uint64_t slot : Words{FREE_SLOTS + 1, FREE_SLOTS + 2}) {
        expect("install another kind", install(slot, SCRATCH, READ), -abi::PERMISSION);
        expect("a table of another kind", give_table(SELF, SCRATCH + (1 << 21), slot),
               -abi::PERMISSION);
        expect("a part of another kind", give_part(SELF, 4, slot), -abi::PERMISSION);
        expect("break another kind", ask(Primitive::break_bindings, slot), -abi::PERMISSION);
        expect("create of another kind", ask(Primitive::create, slot, SLOT), -abi::PERMISSION);
    }
    for (const std::uint64_t slot : Words{FREE_SLOTS, FREE_SLOTS + 2, FREE_SLOTS + 3}) {
        expect("destroy another kind", ask(Primitive::destroy, slot), -abi::PERMISSION);
        expect("yield to another kind", ask(Primitive::yield, slot), -abi::PERMISSION);
        expect("start another kind", ask(Primitive::start, slot), -abi::PERMISSION);
    }
    expect("destroy", ask(Primitive::destroy, FREE_SLOTS + 1), 0);
    expect("release the frame", release(FREE_SLOTS), 0);
    expect("unbind the environment", unbind(FREE_SLOTS + 1), 0);
    expect("unbind the extent", unbind(FREE_SLOTS + 2), 0);
    expect_worthless("an extent that nobody binds any more", extent);
    expect_worthless("a frame that was released", frame);
}

void stale() {
    const Capability frame = allocate(some_frame());
    expect("deallocate", deallocate(frame), 0);
    expect_worthless("a stale frame", frame);
    const Capability next_frame = allocate(some_frame());
    expect_worthless("a frame of its last life", frame);
    expect("the present one is good", deallocate(next_frame), 0);

    const Capability extent = take_last_block();
    expect("bind", bind(extent, FREE_SLOTS), 0);
    expect("return", return_extent(extent), 0);
    expect_worthless("a stale extent", extent);
    const Capability next_extent = take_last_block();
    expect("its blocks were given again", bind(next_extent, FREE_SLOTS + 1), 0);
    take_frame(FREE_SLOTS + 2);
    expect("read by a stale binding",
           ask(Primitive::disk, abi::exo::disk_operation(abi::exo::DiskOperation::read, FREE_SLOTS),
               0, FREE_SLOTS + 2, abi::exo::word(FREE_SLOTS + 2, 0)),
           -abi::PERMISSION);
    expect("share a stale binding", share(SELF, FREE_SLOTS, FREE_SLOTS + 3, 1, ALL), 0);
    expect("nothing was shared", unbind(FREE_SLOTS + 3), -abi::FAULT);
    expect("unbind the stale one", unbind(FREE_SLOTS), 0);
    expect("the present one is good", return_extent(next_extent), 0);
    unbind(FREE_SLOTS + 1);
    release(FREE_SLOTS + 2);

    const Capability environment = create();
    expect("bind", bind(environment, CHILD), 0);
    expect("destroy", ask(Primitive::destroy, CHILD), 0);
    expect("destroy twice", ask(Primitive::destroy, CHILD), -abi::PERMISSION);
    expect_worthless("a stale environment", environment);
    const Capability next = create();
    expect_that("its number's next life has another", next.name != environment.name);
    expect("destroy the next by it", ask(Primitive::destroy, CHILD), -abi::PERMISSION);
    expect("unbind", unbind(CHILD), 0);
    expect("bind the next", bind(next, CHILD), 0);
    expect("destroy the next", ask(Primitive::destroy, CHILD), 0);
    expect("unbind it", unbind(CHILD), 0);
}

// Whoever was told the two words holds the right, until the frame is given back.
void borrowed() {
    const Capability frame = allocate(some_frame());
    make_and_begin_child(serving());
    expect("the child binds", let_child(Primitive::bind, frame.name, frame.authenticator, 2), 0);
    expect("the child binds an altered one",
           let_child(Primitive::bind, frame.name ^ 1, frame.authenticator, 3), -abi::PERMISSION);
    expect("bindings", record_of(some_frame()).bindings, 1);
    expect("it is given back", deallocate(frame), 0);
    expect("the child binds a stale one",
           let_child(Primitive::bind, frame.name, frame.authenticator, 3), -abi::PERMISSION);
    expect("allocate what it binds", allocate(some_frame(), NONE), -abi::PERMISSION);
    end_child();
    expect_that("it is free after the child's end", record_of(some_frame()).is_free());
    const Capability again = allocate(some_frame());
    make_and_begin_child(serving());
    expect("another child", let_child(Primitive::bind, frame.name, frame.authenticator, 2),
           -abi::PERMISSION);
    expect("the child gives it back",
           let_child(Primitive::deallocate, again.name, again.authenticator), 0);
    end_child();
    expect("it is given back already", deallocate(again), -abi::PERMISSION);
}

int refuse(unsigned count) {
    open_workshop();
    const Capability genuine = allocate(some_frame());
    std::int64_t refused = 0;
    std::uint64_t guess = 0x9e3779b97f4a7c15;
    for (unsigned i = 0; i < count; ++i) {
        guess = guess * 0x5851f42d4c957f2d + 0x14057b7ef767814f;
        const std::int64_t answer = i % 4 == 0   ? bind({genuine.name, guess}, SLOT)
                                    : i % 4 == 1 ? bind({guess, guess}, SLOT)
                                    : i % 4 == 2 ? deallocate({genuine.name, guess})
                                                 : install(guess | SLOTS << 1, SCRATCH, ALL);
        refused += answer == -abi::PERMISSION ? 1 : 0;
    }
    expect("refusals", refused, count);
    expect("the genuine one", deallocate(genuine), 0);
    return failures();
}

} // namespace

extern "C" {

int capabilities() {
    prepare_children();
    forged();
    altered();
    mistaken();
    stale();
    borrowed();
    return failures();
}

int refusals_by_the_thousand() { return refuse(20'000); }
int refusals_by_the_million() { return refuse(1'000'000); }

} // extern "C"
