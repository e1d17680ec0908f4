// One read or write is whole: who stops in the middle holds the file, and who that keeps waiting.
// SPDX-License-Identifier: MIT
#include "world.hpp"

namespace {

constexpr std::uint64_t READ = abi::open::READ;
constexpr std::uint64_t BOTH = abi::open::READ_WRITE;
constexpr std::uint64_t CREATE = abi::open::CREATE;
constexpr std::uint64_t APPEND = abi::open::APPEND;

// A write of process 1 that a missing page stops after LIMIT bytes, and then goes on.
struct TornWrite {
    World& world;
    Descriptor descriptor;
    std::string text;
    std::uint64_t done = 0;

    void stop_at(std::size_t limit) {
        TextSource source{.text = text, .limit = limit};
        const auto some = world.system.write(world.first, descriptor, text.size(), source);
        if (some)
            done = *some;
        else
            CHECK(some.error() == Error::not_mapped);
        CHECK(done <= limit);
    }
    std::string go_on() {
        TextSource source{.text = std::string_view(text).substr(done)};
        const auto rest = world.system.write(world.first, descriptor, text.size() - done, source);
        return rest ? std::to_string(*rest + done) : words(rest.error());
    }
};

} // namespace

TEST_CASE("unix: a write that stops for a page lets nobody in, by whatever descriptor") {
    World world;
    auto& system = world.system;
    world.make("/f", std::string(20'000, '-'));
    const Descriptor file = *world.open("/f", BOTH);
    const Descriptor appending = *world.open("/f", BOTH | APPEND);
    const ProcessIndex child = world.fork(world.first);
    const Descriptor own = *system.open(child, "/f", BOTH);
    const Descriptor reading = *system.open(child, "/f", READ);
    world.make("/g", "other");
    const Descriptor other = *system.open(child, "/g", BOTH);
    for (const bool at_end : {false, true}) {
        CAPTURE(at_end);
        TornWrite write{.world = world,
                        .descriptor = at_end ? appending : file,
                        .text = std::string(9'000, at_end ? 'e' : 'w')};
        write.stop_at(5'000);
        CHECK(write.done > 0);
        const Event idle = Event::idle(unix::OpenFileIndex(at_end ? 2 : 1));
        for (const Descriptor descriptor : {file, appending, own}) {
            CHECK(world.write(child, descriptor, "x") == "would block");
            CHECK(system.awaited(child) == idle);
        }
        for (const Descriptor descriptor : {file, own, reading})
            CHECK(world.read(child, descriptor, 1) == "would block");
        CHECK(system.open(child, "/f", BOTH | abi::open::TRUNCATE).error() == Error::would_block);
        CHECK(system.awaited(child) == idle);
        CHECK(system.seek(child, write.descriptor, 0).error() == Error::would_block);
        CHECK(system.seek(child, own, 7).has_value()); // an offset of its own
        CHECK(world.read(child, other) == (at_end ? "" : "other"));
        world.around.woken.clear();
        CHECK(write.go_on() == "9000");
        CHECK(world.around.has_woken(idle));
    }
    CHECK(world.write(child, own, "x") == "1");
    CHECK(system.close(child, reading).has_value());
    const std::string text = std::string(9'000, 'w') + std::string(11'000, '-');
    std::string expected = text + std::string(9'000, 'e');
    expected[7] = 'x';
    CHECK(system.seek(world.first, file, 0).has_value());
    CHECK(world.read(world.first, file, 40'000) == expected);
    world.end(child);
}

TEST_CASE("unix: a read that stops for a page gets bytes that stand together") {
    World world;
    auto& system = world.system;
    std::string numbers;
    for (int i = 0; i < 3'000; ++i)
        numbers += std::to_string(10'000 + i);
    world.make("/f", numbers);
    const Descriptor file = *world.open("/f", BOTH);
    const ProcessIndex child = world.fork(world.first);
    TextDestination some{.limit = 5'000};
    const std::uint64_t first = *system.read(world.first, file, 9'000, some);
    REQUIRE(first < 9'000);
    CHECK(world.read(child, file, 5) == "would block");
    CHECK(world.write(child, file, "x") == "would block");
    TextDestination nothing{.limit = 0}; // the page went away again
    CHECK(system.read(world.first, file, 9'000 - first, nothing).error() == Error::not_mapped);
    CHECK(world.read(child, file, 5) == "would block");
    TextDestination rest;
    CHECK(*system.read(world.first, file, 9'000 - first, rest) == 9'000 - first);
    CHECK(some.text + rest.text == numbers.substr(0, 9'000));
    CHECK(world.read(child, file, 5) == numbers.substr(9'000, 5));
    // A short read at the end of the file is over.
    CHECK(world.read(world.first, file, 100'000).size() == numbers.size() - 9'005);
    CHECK(world.read(child, file, 5) == "");
    world.end(child);
}

TEST_CASE("unix: who is killed or gives up in the middle holds nothing any more") {
    World world;
    auto& system = world.system;
    world.make("/f", std::string(10'000, 'f'));
    const Descriptor file = *world.open("/f", BOTH);
    const ProcessIndex child = world.fork(world.first);
    const auto stop = [&] {
        TextDestination some{.limit = 5'000};
        CHECK(system.read(child, file, 10'000, some).has_value());
        CHECK(world.read(world.first, file, 1) == "would block");
        CHECK(system.awaited(world.first) == Event::idle(unix::OpenFileIndex(1)));
        world.around.woken.clear();
    };
    stop();
    system.let_go(child);
    CHECK(world.around.has_woken(system.awaited(world.first)));
    CHECK(world.read(world.first, file, 1) == "f");
    REQUIRE(system.seek(world.first, file, 0).has_value());
    stop();
    CHECK(system.kill(ProcessId(2)).has_value());
    world.end(child);
    CHECK(world.around.has_woken(system.awaited(world.first)));
    CHECK(world.read(world.first, file, 1) == "f");
    CHECK(system.close(world.first, file).has_value());
    world.check_nothing_left();
}

TEST_CASE("unix: a write that fails for good is over") {
    World world({.blocks = 64, .inodes = 5, .log = fs::LOG_LEAST, .swap = 0});
    auto& system = world.system;
    const Descriptor file = *world.open("/f", BOTH | CREATE);
    const ProcessIndex child = world.fork(world.first);
    TornWrite write{.world = world, .descriptor = file, .text = std::string(500'000, 'w')};
    write.stop_at(~std::size_t{0}); // the disk is full before
    REQUIRE(write.done != 500'000);
    CHECK(world.write(child, file, "x") == "would block");
    CHECK(write.go_on() == "no space on the disk");
    CHECK(world.read(child, file, 1) == "");
    REQUIRE(system.seek(world.first, file, 0).has_value());
    TextSource none{.text = "x", .limit = 0, .why = Error::bad_address};
    CHECK(system.write(world.first, file, 1, none).error() == Error::bad_address);
    CHECK(world.read(child, file, 1) == "w");
    world.end(child);
}

TEST_CASE("unix: a write to a pipe stands together, however long, and whoever else writes") {
    World world;
    auto& system = world.system;
    const unix::PipeEnds ends = *system.pipe(world.first);
    const ProcessIndex child = world.fork(world.first);
    const Event idle = Event::idle(unix::OpenFileIndex(2));
    TornWrite write{.world = world, .descriptor = ends.writing, .text = std::string(9'000, 'w')};
    write.stop_at(~std::size_t{0});
    CHECK(write.done == unix::Pipes::BYTES);
    // It waits for room, and the others wait for it, though there be room for them.
    CHECK(write.go_on() == "would block");
    CHECK(system.awaited(world.first) == Event::writable(unix::PipeIndex(0)));
    std::string all = world.read(child, ends.reading, 1'000);
    CHECK(world.write(child, ends.writing, "x") == "would block");
    CHECK(system.awaited(child) == idle);
    while (write.done < 9'000) {
        TextSource source{.text = std::string_view(write.text).substr(write.done)};
        const auto more = system.write(world.first, ends.writing, 9'000 - write.done, source);
        if (more)
            write.done += *more;
        else
            all += world.read(child, ends.reading);
    }
    CHECK(world.around.has_woken(idle));
    CHECK(world.write(child, ends.writing, "x") == "1");
    all += world.read(child, ends.reading);
    CHECK(all == std::string(9'000, 'w') + "x");
    SUBCASE("its rest takes what room there is, though it be short") {
        write.done = 0;
        write.text.resize(unix::Pipes::BYTES + 300);
        write.stop_at(~std::size_t{0});
        CHECK(world.read(child, ends.reading, 10).size() == 10);
        TextSource source{.text = std::string_view(write.text).substr(write.done)};
        CHECK(*system.write(world.first, ends.writing, 300, source) == 10);
        system.let_go(world.first);
    }
    SUBCASE("who waits for its first room holds nothing") {
        CHECK(world.write(child, ends.writing, std::string(4'096, 'y')) == "4096");
        TextSource source{.text = "z"};
        CHECK(system.write(world.first, ends.writing, 1, source).error() == Error::would_block);
        CHECK(world.read(child, ends.reading) == std::string(4'096, 'y'));
        CHECK(world.write(child, ends.writing, "a") == "1");
    }
    SUBCASE("without readers it is over") {
        write.done = 0;
        write.stop_at(~std::size_t{0});
        CHECK(system.close(world.first, ends.reading).has_value());
        CHECK(system.close(child, ends.reading).has_value());
        CHECK(write.go_on() == "broken pipe");
        CHECK(world.write(child, ends.writing, "x") == "broken pipe");
    }
    SUBCASE("nor is one when its writer has ended") {
        TextSource source{.text = write.text};
        CHECK(*system.write(child, ends.writing, 9'000, source) == 4'096);
        CHECK(world.write(world.first, ends.writing, "x") == "would block");
        world.end(child);
        CHECK(world.around.has_woken(idle));
        CHECK(world.read(world.first, ends.reading).size() == 4'096);
        CHECK(world.write(world.first, ends.writing, "x") == "1");
    }
}

TEST_CASE("unix: a read from a pipe that stops for a page gets bytes that stand together") {
    World world;
    auto& system = world.system;
    const unix::PipeEnds ends = *system.pipe(world.first);
    const ProcessIndex child = world.fork(world.first);
    // So that they lie on both sides of the ring's edge.
    CHECK(world.write(world.first, ends.writing, std::string(4'000, 'x')) == "4000");
    CHECK(world.read(world.first, ends.reading, 4'000).size() == 4'000);
    CHECK(world.write(world.first, ends.writing, std::string(96, 'a') + std::string(50, 'b')) ==
          "146");
    TextDestination some{.limit = 100};
    CHECK(*system.read(world.first, ends.reading, 140, some) == 96);
    CHECK(world.read(child, ends.reading, 10) == "would block");
    CHECK(system.awaited(child) == Event::idle(unix::OpenFileIndex(1)));
    CHECK(world.write(child, ends.writing, "c") == "1"); // the other end is free
    TextDestination rest;
    CHECK(*system.read(world.first, ends.reading, 44, rest) == 44);
    CHECK(rest.text == std::string(44, 'b'));
    CHECK(world.around.has_woken(system.awaited(child)));
    CHECK(world.read(child, ends.reading, 10) == "bbbbbbc");
    world.end(child);
}

TEST_CASE("unix: a long write to the terminal stands together, and readers go on meanwhile") {
    World world;
    auto& system = world.system;
    const Descriptor screen = *system.open_terminal(world.first);
    const ProcessIndex child = world.fork(world.first);
    const Descriptor other = *system.open_terminal(child); // not the same open file
    TornWrite write{.world = world, .descriptor = screen, .text = std::string(1'500, 'w')};
    write.stop_at(~std::size_t{0});
    CHECK(write.done == unix::TERMINAL_BYTES);
    for (const Descriptor descriptor : {screen, other})
        CHECK(world.write(child, descriptor, "x") == "would block");
    CHECK(world.read(child, other) == "would block"); // for a line
    CHECK(system.awaited(child) == Event::terminal());
    for (const char key : std::string("ok\r"))
        system.terminal_input(static_cast<std::byte>(key));
    CHECK(world.read(child, other) == "ok\n");
    CHECK(write.go_on() == "1500");
    CHECK(world.write(child, other, "x") == "1");
    CHECK(world.around.screen == std::string(1'024, 'w') + "ok\n" + std::string(476, 'w') + "x");
    world.end(child);
}

TEST_CASE("unix: a line that stops for a page goes to one reader") {
    World world;
    auto& system = world.system;
    const Descriptor terminal = *system.open_terminal(world.first);
    const ProcessIndex child = world.fork(world.first);
    const Descriptor other = *system.open_terminal(child);
    const auto type = [&](const std::string& text) {
        for (const char key : text)
            system.terminal_input(static_cast<std::byte>(key));
    };
    type(std::string(8'100, 'x') + "\r");
    CHECK(world.read(world.first, terminal).size() == 8'101);
    type(std::string(91, 'a') + "bcd\r");
    TextDestination some{.limit = 93};
    CHECK(*system.read(world.first, terminal, 1'000, some) == 91);
    CHECK(world.read(child, other) == "would block");
    CHECK(system.awaited(child) == Event::idle(unix::OpenFileIndex(1)));
    CHECK(world.write(child, other, "!") == "1");
    TextDestination rest;
    CHECK(*system.read(world.first, terminal, 909, rest) == 4);
    CHECK(rest.text == "bcd\n");
    world.end(child);
}
