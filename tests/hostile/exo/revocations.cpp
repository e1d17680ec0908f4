// Visible revocation: who has most frames is asked for some, and ends if he keeps them.
// SPDX-License-Identifier: MIT
#include "child.hpp"
#include "expect.hpp"

using namespace hostile;

namespace {

constexpr std::uint64_t WANTED = 8;
constexpr std::uint64_t FIRST_OF_CHILD = 16; // slots of its part 0

// A child that owns some frames more than are guaranteed.
void make_rich_child() {
    make_and_begin_child(serving());
    std::uint64_t frame = free_frame();
    for (std::uint64_t i = 0; i < abi::exo::GUARANTEED_FRAMES + WANTED; ++i, ++frame) {
        while (!record_of(frame).is_free())
            ++frame;
        expect("the child takes a frame", let_child(Primitive::allocate, frame, FIRST_OF_CHILD + i),
               0);
    }
}

std::int64_t want(std::uint64_t count) { return ask(Primitive::want_frames, count); }

void misused() {
    expect("no frames", want(0), -abi::INVALID);
    expect("very many", want(abi::exo::MOST_WANTED + 1), -abi::TOO_LARGE);
    expect("nobody has many", want(WANTED), -abi::NO_MEMORY); // this program neither
}

// Who is asked, whoever asks for whatever; until it has answered.
void answered() {
    make_rich_child();
    const std::int64_t asked = want(WANTED);
    expect_that("the child is asked, and not its maker",
                asked > 0 && asked != static_cast<std::int64_t>(environment_page().number));
    expect("it has not answered yet", want(1), asked);
    for (std::uint64_t i = 0; i < WANTED; ++i)
        let_child(Primitive::release, FIRST_OF_CHILD + i);
    expect_that("who has answered lives on", !child_is_ended());
    end_child();
    expect("and nobody has many", want(WANTED), -abi::NO_MEMORY);
}

void not_answered() {
    make_rich_child();
    expect_that("the child is asked", want(WANTED) > 0);
    for (std::uint64_t i = 0; i + 1 < WANTED; ++i)
        let_child(Primitive::release, FIRST_OF_CHILD + i);
    expect_that("who keeps one is ended", child_is_ended_within(2 * abi::exo::ANSWER_SLICES));
    end_child();
    expect("and what it had is free", want(WANTED), -abi::NO_MEMORY);
}

} // namespace

extern "C" int revocations() {
    prepare_children();
    misused();
    answered();
    not_answered();
    return failures();
}
