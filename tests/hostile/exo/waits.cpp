// Waiting by words that are not one's own, and the ends of bindings that others rely on.
// SPDX-License-Identifier: MIT
//
// Who waits by a word that it does not bind is not kept waiting: the primitive returns at once.
#include "child.hpp"
#include "expect.hpp"

using namespace hostile;

namespace {

using abi::exo::word;

constexpr std::uint64_t NEVER = ~0ULL;
constexpr std::uint64_t CHILDS_PAGE = CHILD_DATA + PAGE_SIZE;

std::int64_t wait_by(const abi::exo::Term& term) {
    environment_page().terms[0] = term;
    return ask(Primitive::wait, 1, NEVER);
}

void words_of_others() {
    const std::uint64_t frame = take_frame(SLOT);
    install(SLOT, SCRATCH, READ | WRITE);
    auto* const there = reinterpret_cast<volatile std::uint64_t*>(SCRATCH);
    *there = 7;
    for (const std::uint64_t slot :
         Words{SLOT - 1, SLOTS - 1, abi::exo::BINDINGS, 1ULL << 40, ~0ULL >> 12})
        expect("a word that is not bound", wait_by({word(slot, 0), 0}), 0);
    for (const std::uint64_t offset : Words{1, 4, 7, PAGE_SIZE - 1, PAGE_SIZE - 4})
        expect("a word that is not aligned", wait_by({word(SLOT, offset), 0}), 0);
    expect("share without rights", share(SELF, SLOT, SLOT - 1, 1, 0), 0);
    expect("a word that is not to be read", wait_by({word(SLOT - 1, 0), 7}), 0);
    expect("unbind", unbind(SLOT - 1), 0);
    expect("a word that has another value", wait_by({word(SLOT, 0), 6}), 0);
    for (const std::uint64_t terms : Words{abi::exo::TERMS + 1, 1ULL << 32, ~0ULL})
        expect("too many terms", ask(Primitive::wait, terms, NEVER), -abi::INVALID);
    expect("the past", ask(Primitive::wait, 0, 0), 0);
    expect("its mapping", record_of(frame).mappings, 1);
    remove(SCRATCH);
    release(SLOT);
}

// Until the frame's word 0 is not 0. Whether the child waits.
bool let_child_wait() {
    child_data().terms[0].word = word(CHILDS_FREE, 0);
    child_data().terms[0].value = 0;
    tell_child(0, Primitive::wait, 1, NEVER);
    child_data().calls = 1;
    let_child_run();
    const std::uint64_t begun = child_data().begun;
    let_child_run();
    return child_data().calls == 0 && child_data().begun == begun;
}
bool child_goes_on_now() {
    const std::uint64_t begun = child_data().begun;
    let_child_run();
    return child_data().begun > begun;
}

// The child binds a frame of its maker's behind CHILDS_FREE, and its maker has it behind SLOT.
void bindings_that_end() {
    const std::uint64_t frame = take_frame(SLOT);
    install(SLOT, SCRATCH, READ | WRITE);
    auto* const there = reinterpret_cast<volatile std::uint64_t*>(SCRATCH);
    *there = 0;
    expect("share", share(CHILD, SLOT, CHILDS_FREE, 1, ALL), 0);
    expect_that("the child waits", let_child_wait());
    *there = 1;
    expect_that("it goes on when the word changes", child_goes_on_now());
    *there = 0;
    expect_that("it waits again", let_child_wait());
    expect("break its bindings", ask(Primitive::break_bindings, SLOT), 0);
    expect_that("it goes on without its word", child_goes_on_now());
    expect("one's own binding is left", record_of(frame).bindings, 1);
    expect("and one's own mapping", record_of(frame).mappings, 1);
    expect("the child has none", let_child(Primitive::install, CHILDS_FREE, CHILDS_PAGE, READ),
           -abi::PERMISSION);

    expect("share again", share(CHILD, SLOT, CHILDS_FREE, 1, ALL), 0);
    expect("it maps", let_child(Primitive::install, CHILDS_FREE, CHILDS_PAGE, READ | WRITE), 0);
    expect("no owner breaks", let_child(Primitive::break_bindings, CHILDS_FREE), -abi::PERMISSION);
    expect("mappings", record_of(frame).mappings, 2);
    expect("break", ask(Primitive::break_bindings, SLOT), 0);
    expect("mappings", record_of(frame).mappings, 1);
    expect("the child's is gone", let_child(Primitive::remove, CHILDS_PAGE), -abi::FAULT);

    expect("share to read", share(SELF, SLOT, SLOT - 1, 1, READ), 0);
    expect("break without the right to write", ask(Primitive::break_bindings, SLOT - 1),
           -abi::PERMISSION);
    expect("release", release(SLOT), 0);
    expect("break nothing", ask(Primitive::break_bindings, SLOT), -abi::PERMISSION);
    expect("break what was given back", ask(Primitive::break_bindings, SLOT - 1), -abi::PERMISSION);
    expect("unbind", unbind(SLOT - 1), 0);
    expect("remove", remove(SCRATCH), 0);
    expect_that("it is free", record_of(frame).is_free());
}

// Whoever waits for ever is ended like any other.
void waits_for_ever() {
    tell_child(0, Primitive::wait, 0, NEVER);
    child_data().calls = 1;
    let_child_run();
    expect_that("it is there", !child_has_ended());
    expect_that("it waits", !child_goes_on_now());
    expect("nobody yields to it", ask(Primitive::yield, CHILD), -abi::AGAIN);
    end_child();
}

} // namespace

extern "C" int waits() {
    prepare_children();
    words_of_others();
    make_and_begin_child(serving());
    bindings_that_end();
    waits_for_ever();
    return failures();
}
