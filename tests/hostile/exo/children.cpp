// Children that cannot be entered, fault for ever, or keep the processor: each is ended in words.
// SPDX-License-Identifier: MIT
//
// All that a child was made of is free then.
#include "child.hpp"
#include "expect.hpp"

#include "user/lib/os.hpp"

using namespace hostile;

namespace {

void expect_ended(std::string_view what, const abi::exo::Contexts& contexts) {
    const std::uint64_t root = make_child();
    begin_child(contexts);
    expect_that(what, child_is_ended());
    expect_that("its root is free", record_of(root).is_free());
    expect("its slice is nobody's", ask(Primitive::give_slice, 101, SELF), 0);
    end_child();
}

// Words for which there is no entry: nothing there, a table's end, odd, the kernel's, data.
constexpr Words WILD{0ULL,
                     CHILD_DATA,
                     CHILD_DATA + PAGE_SIZE,
                     EXO_ENVIRONMENT,
                     EXO_FRAMES,
                     USER_END - 1,
                     1ULL << 38,
                     1ULL << 63,
                     ~0ULL >> 1,
                     ~0ULL,
                     KERNEL_OFFSET + KERNEL_LOAD};

} // namespace

extern "C" {

int wild_children() {
    prepare_children();
    for (const std::uint64_t entry : WILD) {
        expect_ended("a child that begins nowhere", {entry, entry, entry});
        expect_ended("a child whose exceptions go nowhere",
                     {entry, in_child(child_faults), in_child(child_faults)});
    }
    return failures();
}

int children_that_end_nowhere() {
    prepare_children();
    for (const std::uint64_t entry : Words{0ULL, ~0ULL >> 1, KERNEL_OFFSET + KERNEL_LOAD})
        expect_ended("a child whose slice ends nowhere",
                     {in_child(child_faults), in_child(child_spins), entry});
    return failures();
}

int child_that_never_yields() {
    prepare_children();
    expect_ended("it spins", {in_child(child_spins), in_child(child_spins), in_child(child_spins)});
    return failures();
}

// Whenever a timer's interrupt comes, somebody else is at work: one whom it calls, again and again.
int child_that_calls_for_ever() {
    constexpr std::uint64_t CALLEE = FREE_SLOTS, PARTNER = 5; // child.S knows that one
    prepare_children();
    make_child();
    expect("keep the callee", share(SELF, CHILD, CALLEE, 1, ALL), 0);
    expect("unbind", unbind(CHILD), 0);
    abi::exo::Contexts serving = hostile::serving();
    serving.transfer = in_child(child_dawdles);
    set_contexts(CALLEE, serving);
    ask(Primitive::start, CALLEE);
    make_child();
    expect("the caller knows the callee", share(CHILD, CALLEE, PARTNER, 1, ALL), 0);
    begin_child(
        {in_child(child_faults), in_child(child_calls_for_ever), in_child(child_calls_for_ever)});
    // Sooner or later an interrupt comes between two calls by chance; it must not need one.
    const std::uint64_t begun = read_time();
    expect_that("it calls, and is ended", child_is_ended());
    expect_that("not for long",
                read_time() - begun < 3 * abi::exo::EXCESS_SLICES * abi::exo::SLICE_TICKS);
    expect_that("it was answered", child_data().word > 1000);
    end_child();
    expect("the callee is there", ask(Primitive::destroy, CALLEE), 0);
    return failures();
}

// Its exception entry makes room for the next one: to the kernel it is a loop as any other.
int child_that_faults_for_ever() {
    prepare_children();
    expect_ended("it faults",
                 {in_child(child_faults_again), in_child(child_faults), in_child(child_goes_on)});
    return failures();
}

// Two that give each other the rest of a slice do not make it longer.
int children_that_play_ball() {
    constexpr std::uint64_t FIRST = FREE_SLOTS, PARTNER = 5; // child.S knows that one
    const abi::exo::Contexts playing{in_child(child_faults), in_child(child_plays),
                                     in_child(child_plays)};
    prepare_children();
    make_child();
    expect("keep the first", share(SELF, CHILD, FIRST, 1, ALL), 0);
    expect("unbind", unbind(CHILD), 0);
    make_child();
    expect("the first knows the second", share(FIRST, CHILD, PARTNER, 1, ALL), 0);
    expect("the second knows the first", share(CHILD, FIRST, PARTNER, 1, ALL), 0);
    begin_child(playing);
    set_contexts(FIRST, playing);
    ask(Primitive::give_slice, 101, FIRST);
    ask(Primitive::start, FIRST);
    for (unsigned i = 0; i < 5; ++i)
        let_child_run();
    expect_that("they played", child_data().begun > 100);
    end_child();
    expect("destroy the first", ask(Primitive::destroy, FIRST), 0);
    return failures();
}

} // extern "C"
