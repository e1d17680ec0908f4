// Programs that call: one served try, and what stands around it.
// SPDX-License-Identifier: MIT
#include "calls.hpp"

namespace {

constexpr Event NOTHING_YET = Event::writable(unix::PipeIndex(unix::PIPES - 1));

// What a program begins with.
vm::SpaceId make_space(Pages& memory) {
    const Page data = Page::containing(DATA);
    const vm::Region region{
        .first = data, .end = data + DATA_PAGES, .rights = Rights::read_write()};
    return *memory.create(std::span(&region, 1), {VirtAddr(PROGRAM_SLOTS + HEAP_OFFSET),
                                                  VirtAddr(PROGRAM_SLOTS + HEAP_LIMIT)});
}

} // namespace

Calls::Calls(Begin with) : first(threads.place(world.first)) {
    memory.is_in_force = [this](vm::SpaceId space) { return threads.is_in_force(space); };
    if (with == Begin::nothing) {
        system.abandon(world.first);
        return;
    }
    REQUIRE(threads.create(world.first).has_value());
    threads.enter(first, make_space(memory), {.pc = DATA, .stack = DATA + DATA_PAGES * PAGE_SIZE});
    threads.start(first);
}

Tried Calls::serve(Caller& caller, RequestWords& words) {
    const bool was_killed = system.killed(caller.index()).has_value();
    if (!was_killed)
        static_cast<void>(system.must_wait(caller.index(), NOTHING_YET));
    const call::Answer answer = call::serve(caller, call::Request(call::Request::Words(words)));
    if (answer.must_wait()) { // for what was named in this try
        CHECK(!was_killed);
        CHECK(system.awaited(caller.index()) != NOTHING_YET);
    }
    CHECK(answer.is_for_nobody() == (caller.life == Caller::Life::ended));
    return {answer.raw(), answer.must_wait(), answer.is_for_nobody()};
}

std::uint64_t Calls::call(Caller& caller, SystemCall number, const Arguments& arguments,
                          const std::function<void(Event)>& between) {
    auto words = std::make_unique<RequestWords>(words_of(number, arguments));
    for (unsigned tries = 0; tries < 100'000; ++tries) {
        const Tried tried = serve(caller, *words);
        if (!tried.must_wait)
            return tried.answer;
        words = std::make_unique<RequestWords>(*words);
        between(system.awaited(caller.index()));
    }
    FAIL("never answered");
    return 0;
}

Caller& Calls::fork(Caller& caller) {
    const std::uint64_t child = call(caller, SystemCall::fork, {});
    for (std::size_t i = 0; i < unix::PROCESSES; ++i) {
        Caller& candidate = threads.place(ProcessIndex(i));
        if (candidate.life == Caller::Life::started && candidate.id.raw() == child)
            return candidate;
    }
    FAIL("no child: ", words(child));
    return caller;
}

void Calls::end(Caller& caller) {
    const std::uint64_t id = caller.id.raw();
    call::end_process(caller, ExitStatus::of_program(0));
    CHECK(call(first, SystemCall::wait, {}) == id);
}

bool Calls::is_held(Caller& caller, Descriptor descriptor, unix::Way way) {
    TextDestination destination;
    TextSource source{.text = ""};
    const auto tried = way == unix::Way::in
                           ? system.read(caller.index(), descriptor, 0, destination)
                           : system.write(caller.index(), descriptor, 0, source);
    return !tried && tried.error() == Error::would_block && is_idle(system.awaited(caller.index()));
}
