// Making a child environment by hand, and talking to it.
// SPDX-License-Identifier: MIT
#include "child.hpp"

#include "user/lib/os.hpp"

namespace hostile {

namespace {

constexpr std::uint64_t POSITION = 100; // of its slice; processes have those before
constexpr std::uint64_t A_WHILE = 2 * os::TICKS_PER_MILLISECOND;

void copy_instructions() {
    auto* to = reinterpret_cast<volatile char*>(WINDOW);
    for (const char* from = child_page; from != child_page_end; ++from)
        *to++ = *from;
}

} // namespace

void prepare_children() {
    open_workshop();
    take_frame(CODE_SLOT);
    take_frame(DATA_SLOT);
    install(CODE_SLOT, WINDOW, READ | WRITE);
    install(DATA_SLOT, WINDOW + PAGE_SIZE, READ | WRITE);
    copy_instructions();
}

std::uint64_t make_child() {
    using abi::exo::Change;
    for (std::uint64_t i = 0; i < PAGE_SIZE / sizeof(std::uint64_t); ++i)
        reinterpret_cast<volatile std::uint64_t*>(WINDOW + PAGE_SIZE)[i] = 0;
    const std::uint64_t root = take_frame(PIECES);
    for (std::uint64_t i = 1; i < abi::exo::FRAMES_TO_CREATE; ++i)
        take_frame(PIECES + i);
    ask(Primitive::create, PIECES, CHILD);
    take_frame(MATERIAL);
    give_part(CHILD, 0, MATERIAL);
    take_frame(MATERIAL);
    give_table(CHILD, CHILD_CODE, MATERIAL);
    share(CHILD, CODE_SLOT, 0, 2, ALL);
    const Change changes[]{
        Change::make(Change::Kind::install, CODE_SLOT, CHILD_CODE, READ | EXECUTE),
        Change::make(Change::Kind::install, DATA_SLOT, CHILD_DATA, READ | WRITE)};
    ask(Primitive::change, CHILD, address_of(changes), 2);
    return root;
}

void begin_child(const abi::exo::Contexts& contexts) {
    set_contexts(CHILD, contexts);
    ask(Primitive::give_slice, POSITION, CHILD);
    ask(Primitive::start, CHILD);
}

void let_child_run() { os::sleep(A_WHILE); }

void tell_child(std::size_t index, Primitive number, std::uint64_t a0, std::uint64_t a1,
                std::uint64_t a2, std::uint64_t a3) {
    volatile ChildCall& call = child_data().call[index];
    call.number = static_cast<std::uint64_t>(number);
    call.a0 = a0;
    call.a1 = a1;
    call.a2 = a2;
    call.a3 = a3;
    call.answer = NO_ANSWER;
}

std::int64_t let_child(Primitive number, std::uint64_t a0, std::uint64_t a1, std::uint64_t a2,
                       std::uint64_t a3) {
    tell_child(0, number, a0, a1, a2, a3);
    child_data().done = 0;
    child_data().calls = 1;
    for (unsigned patience = 0; patience < 20 && child_data().done == 0; ++patience)
        let_child_run();
    return child_data().call[0].answer;
}

// Whoever runs already cannot be started again.
bool child_has_ended() { return ask(Primitive::start, CHILD) == -abi::PERMISSION; }

bool child_is_ended_within(std::uint64_t slices) {
    const std::uint64_t longest = slices * abi::exo::SLICE_TICKS;
    for (std::uint64_t slept = 0; slept < longest && !child_has_ended(); slept += A_WHILE)
        let_child_run();
    return child_has_ended();
}

void end_child() {
    ask(Primitive::destroy, CHILD);
    unbind(CHILD);
}

} // namespace hostile
