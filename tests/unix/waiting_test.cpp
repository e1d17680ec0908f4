// What a call waits for, what wakes it, and what others do while the disk is awaited.
// SPDX-License-Identifier: MIT
#include "world.hpp"

namespace {

constexpr std::uint64_t BOTH = abi::open::READ_WRITE;
constexpr std::uint64_t CREATE = abi::open::CREATE;

Event readable(std::size_t pipe) { return Event::readable(unix::PipeIndex(pipe)); }
Event writable(std::size_t pipe) { return Event::writable(unix::PipeIndex(pipe)); }

} // namespace

TEST_CASE("unix: events have numbers of their own, without gaps") {
    std::vector<bool> seen(Event::COUNT);
    const auto see = [&](Event event) {
        REQUIRE(event.number() < Event::COUNT);
        CHECK(!seen[event.number()]);
        seen[event.number()] = true;
    };
    for (std::size_t i = 0; i < unix::PROCESSES; ++i)
        see(Event::child_of(ProcessIndex(i)));
    for (std::size_t i = 0; i < unix::PIPES; ++i)
        see(readable(i));
    for (std::size_t i = 0; i < unix::PIPES; ++i)
        see(writable(i));
    for (std::size_t i = 1; i <= unix::OPEN_FILES; ++i)
        see(Event::idle(unix::OpenFileIndex(i)));
    see(Event::terminal());
    see(Event::exec_over());
    CHECK(std::ranges::find(seen, false) == seen.end());
    for (const Event event : {Event::deadline(), Event::turn()}) {
        CHECK(!event.is_woken());
        CHECK(event.number() >= Event::COUNT);
    }
    CHECK(Event::deadline() != Event::turn());
}

TEST_CASE("unix: a pipe between two processes, to its end") {
    World world;
    auto& system = world.system;
    const unix::PipeEnds ends = *system.pipe(world.first);
    CHECK(ends.reading == Descriptor(0));
    CHECK(ends.writing == Descriptor(1));
    CHECK(world.read(world.first, ends.writing) == "bad file descriptor");
    CHECK(world.write(world.first, ends.reading, "x") == "bad file descriptor");
    const ProcessIndex child = world.fork(world.first);
    CHECK(system.close(child, ends.writing).has_value());
    CHECK(system.close(world.first, ends.reading).has_value());

    CHECK(world.read(child, ends.reading) == "would block");
    CHECK(system.awaited(child) == readable(0));
    world.around.woken.clear();
    CHECK(world.write(world.first, ends.writing, "one") == "3");
    CHECK(world.around.has_woken(readable(0)));
    CHECK(world.read(child, ends.reading, 2) == "on");
    CHECK(world.around.has_woken(writable(0)));

    CHECK(world.write(world.first, ends.writing, std::string(5'000, 'x')) == "4095");
    CHECK(world.write(world.first, ends.writing, "y") == "would block");
    CHECK(system.awaited(world.first) == writable(0));
    CHECK(world.read(child, ends.reading) == "e" + std::string(4'095, 'x'));
    CHECK(world.write(world.first, ends.writing, "end") == "3");
    world.around.woken.clear();
    CHECK(system.close(world.first, ends.writing).has_value());
    CHECK(world.around.has_woken(readable(0)));
    CHECK(world.read(child, ends.reading) == "end");
    CHECK(world.read(child, ends.reading) == "");
    world.end(child);
    world.check_nothing_left();
}

TEST_CASE("unix: who writes to nobody is told, and woken for it") {
    World world;
    auto& system = world.system;
    const unix::PipeEnds ends = *system.pipe(world.first);
    const ProcessIndex child = world.fork(world.first);
    CHECK(system.close(child, ends.reading).has_value());
    CHECK(world.write(child, ends.writing, std::string(4'096, 'x')) == "4096");
    CHECK(world.write(child, ends.writing, "y") == "would block");
    world.around.woken.clear();
    CHECK(system.close(world.first, ends.reading).has_value());
    CHECK(world.around.has_woken(writable(0)));
    CHECK(world.write(child, ends.writing, "y") == "broken pipe");
    // The end of a process is the end of its ends.
    world.around.woken.clear();
    const unix::PipeEnds other = *system.pipe(child);
    system.exit(child, ExitStatus::fault());
    CHECK(world.around.has_woken(readable(1)));
    CHECK(world.around.has_woken(writable(1)));
    CHECK(other.reading == Descriptor(0));
    system.reap(child);
    CHECK(system.close(world.first, ends.writing).has_value());
    world.check_nothing_left();
}

TEST_CASE("unix: too many pipes leave nothing behind") {
    World world({.blocks = 128, .inodes = 63, .log = fs::LOG_LEAST, .swap = 0}, 16, 2);
    auto& system = world.system;
    REQUIRE(system.pipe(world.first).has_value());
    REQUIRE(system.pipe(world.first).has_value());
    const unix::Counts before = system.counts();
    CHECK(system.pipe(world.first).error() == Error::too_many);
    CHECK(system.counts() == before);
    CHECK(*system.open_terminal(world.first) == Descriptor(4));
}

// Two processes share an offset; the second reads while the first waits for the disk.
TEST_CASE("unix: nobody else moves an offset while its file is being read or written") {
    World world;
    auto& system = world.system;
    world.make("/f", "0123456789");
    const Descriptor file = *world.open("/f", BOTH);
    const ProcessIndex child = world.fork(world.first);
    const Event idle = Event::idle(unix::OpenFileIndex(1));
    bool was_there = false;
    const auto others = [&] {
        was_there = true;
        CHECK(world.read(child, file, 2) == "would block");
        CHECK(system.awaited(child) == idle);
        CHECK(world.write(child, file, "x") == "would block");
        CHECK(system.seek(child, file, 0).error() == Error::would_block);
        // Another open file of the same inode, too: between the bytes nobody comes, either.
        const Descriptor own = *system.open(child, "/f", 0);
        CHECK(world.read(child, own, 3) == "would block");
        CHECK(system.awaited(child) == idle);
        CHECK(system.kill(ProcessId(2)).has_value());
        CHECK(world.read(child, file, 2) == "interrupted");
        world.around.woken.clear();
    };
    world.lock.other_process = others;
    CHECK(world.read(world.first, file, 4) == "0123");
    CHECK(was_there);
    CHECK(world.around.has_woken(idle));
    CHECK(world.read(child, file, 2) == "45");
    world.end(child);

    const ProcessIndex next = world.fork(world.first);
    world.around.woken.clear();
    was_there = false;
    world.lock.other_process = [&] {
        was_there = true;
        CHECK(world.read(next, file, 2) == "would block");
        CHECK(system.close(next, file).has_value()); // its own descriptor may go
    };
    CHECK(world.write(world.first, file, "ab") == "2");
    CHECK(was_there);
    CHECK(world.around.has_woken(idle));
    CHECK(world.contents("/f") == "012345ab89");
}

TEST_CASE("unix: appends of two processes do not meet at one offset") {
    World world;
    auto& system = world.system;
    world.make("/log", "0");
    const Descriptor mine = *world.open("/log", BOTH | abi::open::APPEND);
    const ProcessIndex child = world.fork(world.first);
    const Descriptor yours = *system.open(child, "/log", BOTH | abi::open::APPEND);
    world.lock.other_process = [&] { CHECK(world.write(child, yours, "two") == "would block"); };
    CHECK(world.write(world.first, mine, "one") == "3");
    CHECK(world.around.has_woken(system.awaited(child)));
    CHECK(world.write(child, yours, "two") == "3");
    CHECK(world.contents("/log") == "0onetwo");
}

TEST_CASE("unix: two processes that create one file open one file") {
    World world;
    auto& system = world.system;
    const ProcessIndex child = world.fork(world.first);
    // The look and the making are two turns of the lock; the other steps in between.
    world.lock.other_process = [&] {
        world.lock.other_process = [&] {
            const Descriptor theirs = *system.open(child, "/f", BOTH | CREATE);
            CHECK(world.write(child, theirs, "theirs") == "6");
        };
    };
    const Descriptor mine = *world.open("/f", BOTH | CREATE);
    CHECK(world.read(world.first, mine) == "theirs");
    world.end(child);
}

TEST_CASE("unix: others come and go while a process ends") {
    World world;
    auto& system = world.system;
    const ProcessIndex child = world.fork(world.first);
    const Descriptor file = *system.open(child, "/f", BOTH | CREATE);
    CHECK(file == Descriptor(0));
    const ProcessIndex orphan = world.fork(child);
    bool was_there = false;
    world.lock.other_process = [&] {
        was_there = true;
        CHECK(system.wait(world.first).error() == Error::would_block);
        CHECK(system.kill(ProcessId(2)).has_value()); // too late to be interrupted
        CHECK(world.around.interrupted.empty());
        world.make("/other", "made meanwhile");
        CHECK(system.counts().processes == 3);
        world.around.woken.clear();
    };
    system.exit(child, ExitStatus::of_program(5));
    CHECK(was_there);
    CHECK(world.around.has_woken(Event::child_of(world.first)));
    CHECK(system.wait(world.first)->status.raw() == 5);
    system.reap(child);
    world.end(orphan);
    CHECK(world.contents("/other") == "made meanwhile");
    world.check_nothing_left();
}

TEST_CASE("unix: a page that is not there loses no byte of a file") {
    World world;
    auto& system = world.system;
    const std::string text(10'000, 'f');
    world.make("/f", text);
    const Descriptor file = *world.open("/f", BOTH);
    TextDestination none{.limit = 0};
    CHECK(system.read(world.first, file, 10, none).error() == Error::not_mapped);
    TextDestination some{.limit = 5'000};
    const std::uint64_t first = *system.read(world.first, file, 10'000, some);
    CHECK(first == some.text.size());
    CHECK(first > 0);
    CHECK(world.read(world.first, file).size() == 10'000 - first);
    TextSource source{.text = text, .limit = 5'000, .why = Error::bad_address};
    REQUIRE(system.seek(world.first, file, 0).has_value());
    const std::uint64_t written = *system.write(world.first, file, 10'000, source);
    CHECK(written > 0);
    CHECK(written <= 5'000);
    CHECK(world.read(world.first, file).size() == 10'000 - written);
}
