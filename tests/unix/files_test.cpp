// Open files through the service's calls: flags, offsets, sharing, limits, and every error by name.
// SPDX-License-Identifier: MIT
#include "world.hpp"

#include <cstring>

namespace {

constexpr std::uint64_t READ = abi::open::READ;
constexpr std::uint64_t WRITE = abi::open::WRITE;
constexpr std::uint64_t BOTH = abi::open::READ_WRITE;
constexpr std::uint64_t CREATE = abi::open::CREATE;

} // namespace

TEST_CASE("unix: what is written is read, at one offset a descriptor") {
    World world;
    auto& system = world.system;
    const Descriptor file = *world.open("/f", BOTH | CREATE);
    CHECK(file == Descriptor(0));
    CHECK(world.write(world.first, file, "hello world") == "11");
    CHECK(world.read(world.first, file) == "");
    CHECK(*system.seek(world.first, file, 6) == 6);
    CHECK(world.read(world.first, file, 3) == "wor");
    CHECK(world.read(world.first, file) == "ld");
    const Descriptor other = *world.open("f");
    CHECK(world.read(world.first, other, 5) == "hello");
    CHECK(*system.seek(world.first, file, 0) == 0);
    CHECK(world.write(world.first, file, "J") == "1");
    CHECK(world.contents("/f") == "Jello world");
    CHECK(system.close(world.first, file).has_value());
    CHECK(system.close(world.first, other).has_value());
    world.check_nothing_left();
}

TEST_CASE("unix: truncating and appending") {
    World world;
    auto& system = world.system;
    world.make("/f", "12345");
    const Descriptor append = *world.open("/f", BOTH | abi::open::APPEND);
    const Descriptor plain = *world.open("/f", WRITE);
    CHECK(world.write(world.first, append, "a") == "1");
    CHECK(world.write(world.first, plain, "x") == "1");
    CHECK(*system.seek(world.first, append, 0) == 0);
    CHECK(world.read(world.first, append, 2) == "x2");
    CHECK(world.write(world.first, append, "b") == "1");
    CHECK(world.read(world.first, append) == ""); // is behind what it wrote
    CHECK(world.contents("/f") == "x2345ab");
    const Descriptor empty = *world.open("/f", WRITE | CREATE | abi::open::TRUNCATE);
    CHECK(system.stat(world.first, empty)->size == 0);
    CHECK(world.contents("/f") == "");
}

TEST_CASE("unix: flags that say nothing, or two things, are invalid") {
    World world;
    world.make("/f", "kept");
    for (const std::uint64_t flags :
         {std::uint64_t{3}, std::uint64_t{4}, std::uint64_t{0x100}, std::uint64_t{0x1000},
          ~std::uint64_t{0}, READ | abi::open::TRUNCATE, READ | abi::open::APPEND})
        CHECK(world.open("/f", flags).error() == Error::invalid);
    CHECK(world.contents("/f") == "kept");
    world.check_nothing_left();
}

TEST_CASE("unix: a descriptor serves the direction that it was opened for") {
    World world;
    auto& system = world.system;
    world.make("/f", "abc");
    const Descriptor reading = *world.open("/f", READ);
    const Descriptor writing = *world.open("/f", WRITE);
    CHECK(world.write(world.first, reading, "x") == "bad file descriptor");
    CHECK(world.read(world.first, writing) == "bad file descriptor");
    for (const std::uint64_t raw : {std::uint64_t{2}, std::uint64_t{31}, std::uint64_t{32},
                                    std::uint64_t{33}, ~std::uint64_t{0}, std::uint64_t{1} << 32}) {
        const Descriptor none(raw);
        CHECK(world.read(world.first, none) == "bad file descriptor");
        CHECK(world.write(world.first, none, "x") == "bad file descriptor");
        CHECK(world.write(world.first, none, "") == "bad file descriptor");
        CHECK(system.close(world.first, none).error() == Error::bad_descriptor);
        CHECK(system.dup(world.first, none).error() == Error::bad_descriptor);
        CHECK(system.stat(world.first, none).error() == Error::bad_descriptor);
        CHECK(system.seek(world.first, none, 0).error() == Error::bad_descriptor);
        CHECK(system.mappable(world.first, none).error() == Error::bad_descriptor);
    }
    CHECK(world.contents("/f") == "abc");
}

TEST_CASE("unix: dup and fork share an offset, the lowest descriptor comes first") {
    World world;
    auto& system = world.system;
    world.make("/f", "0123456789");
    const Descriptor file = *world.open("/f", BOTH);
    const Descriptor gap = *world.open("/f");
    const Descriptor copy = *system.dup(world.first, file);
    CHECK(copy == Descriptor(2));
    CHECK(system.close(world.first, gap).has_value());
    CHECK(*system.dup(world.first, file) == Descriptor(1));
    CHECK(world.read(world.first, file, 2) == "01");
    CHECK(world.read(world.first, copy, 2) == "23");
    const ProcessIndex child = world.fork(world.first);
    CHECK(world.read(child, file, 2) == "45");
    CHECK(system.close(world.first, file).has_value());
    CHECK(system.close(world.first, Descriptor(1)).has_value());
    CHECK(world.read(world.first, copy, 2) == "67");
    CHECK(world.read(world.first, file) == "bad file descriptor");
    CHECK(world.read(child, file) == "89");
    world.end(child);
    CHECK(*system.seek(world.first, copy, 1) == 1);
    CHECK(system.close(world.first, copy).has_value());
    world.check_nothing_left();
}

TEST_CASE("unix: 32 descriptors a process, 256 open files in all, and nothing taken by a failure") {
    World world;
    auto& system = world.system;
    std::vector<ProcessIndex> children;
    for (int i = 0; i < 9; ++i)
        children.push_back(world.fork(world.first));
    const unix::Counts before = system.counts();
    for (std::size_t i = 0; i < unix::DESCRIPTORS; ++i)
        REQUIRE(*system.open(children[0], "/new", WRITE | CREATE) == Descriptor(i));
    CHECK(system.open(children[0], "/other", WRITE | CREATE).error() == Error::too_many);
    CHECK(world.contents("/other") == "not found"); // refused before it was made
    CHECK(system.dup(children[0], Descriptor(3)).error() == Error::too_many);
    CHECK(system.open_terminal(children[0]).error() == Error::too_many);
    CHECK(system.pipe(children[0]).error() == Error::too_many);
    REQUIRE(system.close(children[0], Descriptor(17)).has_value());
    CHECK(system.pipe(children[0]).error() == Error::too_many); // for which two are needed
    CHECK(*system.dup(children[0], Descriptor(3)) == Descriptor(17));
    REQUIRE(system.close(children[0], Descriptor(17)).has_value());
    CHECK(*system.open_terminal(children[0]) == Descriptor(17));

    for (std::size_t i = 1; i < 8; ++i)
        for (std::size_t j = 0; j < unix::DESCRIPTORS; ++j)
            REQUIRE(system.open_terminal(children[i]).has_value());
    CHECK(system.counts().open_files == unix::OPEN_FILES);
    CHECK(system.open(children[8], "/other", WRITE | CREATE).error() == Error::too_many);
    CHECK(system.pipe(children[8]).error() == Error::too_many);
    REQUIRE(system.close(children[7], Descriptor(0)).has_value());
    CHECK(system.pipe(children[8]).error() == Error::too_many);
    REQUIRE(system.close(children[7], Descriptor(1)).has_value());
    const unix::PipeEnds last = *system.pipe(children[8]);
    REQUIRE(system.close(children[8], last.reading).has_value());
    CHECK(system.open_terminal(children[8]).has_value());
    for (const ProcessIndex child : children)
        world.end(child);
    CHECK(system.counts().open_files == before.open_files);
    world.check_nothing_left();
}

TEST_CASE("unix: devices by number") {
    World world;
    auto& system = world.system;
    CHECK(system.make_device(world.first, "/console", 1, 0).has_value());
    CHECK(system.make_device(world.first, "/null", 2, 0).has_value());
    CHECK(system.make_device(world.first, "/zero", 3, 0).has_value());
    CHECK(system.make_device(world.first, "/tape", 9, 0).has_value());
    CHECK(system.make_device(world.first, "/x", 0x10000, 0).error() == Error::invalid);
    CHECK(system.make_device(world.first, "/x", 1, 0x10000).error() == Error::invalid);
    CHECK(system.make_device(world.first, "/null", 2, 0).error() == Error::exists);
    CHECK(world.open("/tape").error() == Error::not_supported);

    const Descriptor null = *world.open("/null", BOTH);
    CHECK(world.read(world.first, null) == "");
    CHECK(world.write(world.first, null, "gone") == "4");
    const Descriptor zero = *world.open("/zero", BOTH | abi::open::TRUNCATE);
    CHECK(world.read(world.first, zero, 1'300) == std::string(1'300, '\0'));
    CHECK(world.write(world.first, zero, "gone") == "4");
    TextDestination half{.limit = 700};
    CHECK(*system.read(world.first, zero, 1'300, half) == 512);
    TextDestination none{.limit = 0, .why = Error::bad_address};
    CHECK(system.read(world.first, zero, 1, none).error() == Error::bad_address);
    TextSource nothing{.text = ""};
    CHECK(*system.write(world.first, null, ~std::uint64_t{0}, nothing) == unix::MOST_BYTES);

    const Descriptor console = *world.open("/console", BOTH);
    CHECK(world.write(world.first, console, "hi\n") == "3");
    CHECK(world.around.screen == "hi\n");
    CHECK(world.read(world.first, console) == "would block");
    CHECK(system.awaited(world.first) == Event::terminal());
    for (const char key : std::string("ok\r"))
        system.terminal_input(static_cast<std::byte>(key));
    CHECK(world.around.has_woken(Event::terminal()));
    CHECK(world.read(world.first, console) == "ok\n");
    CHECK(system.stat(world.first, console)->type == abi::FileType::device);
    CHECK(system.stat(world.first, console)->major == 1);
    CHECK(system.seek(world.first, console, 0).error() == Error::invalid);
    CHECK(system.mappable(world.first, console).error() == Error::not_supported);
}

TEST_CASE("unix: the terminal's mode is a call, and answers the one before") {
    World world;
    auto& system = world.system;
    const Descriptor terminal = *system.open_terminal(world.first);
    CHECK(system.stat(world.first, terminal)->type == abi::FileType::device);
    CHECK(system.stat(world.first, terminal)->size == 0);
    CHECK(system.set_terminal_mode(2).error() == Error::invalid);
    CHECK(*system.set_terminal_mode(1) == unix::TerminalMode::lines);
    system.terminal_input(std::byte{3});
    CHECK(world.read(world.first, terminal) == "\x03");
    CHECK(*system.set_terminal_mode(0) == unix::TerminalMode::raw);
    CHECK(*system.set_terminal_mode(0) == unix::TerminalMode::lines);
}

TEST_CASE("unix: fstat, seek and mappings know what they may be asked for") {
    World world;
    auto& system = world.system;
    world.make("/f", std::string(5'000, 'x'));
    const Descriptor file = *world.open("/f", BOTH);
    const abi::Stat stat = *system.stat(world.first, file);
    CHECK(stat.type == abi::FileType::file);
    CHECK(stat.size == 5'000);
    CHECK(stat.links == 1);
    CHECK(stat.inode > 1);
    CHECK(stat.major == 0);
    CHECK(stat.minor == 0);
    CHECK(*system.seek(world.first, file, 1ULL << 40) == 1ULL << 40);
    CHECK(world.read(world.first, file) == "");
    CHECK(world.write(world.first, file, "x") == "too large");
    CHECK(system.seek(world.first, file, unix::MOST_OFFSET).has_value());
    CHECK(world.read(world.first, file) == "");
    CHECK(world.write(world.first, file, "x") == "too large");
    CHECK(system.seek(world.first, file, unix::MOST_OFFSET + 1).error() == Error::invalid);
    CHECK(system.mappable(world.first, file)->rights == Rights::read_write());
    const Descriptor writing = *world.open("/f", WRITE);
    CHECK(system.mappable(world.first, writing).error() == Error::not_permitted);

    const unix::PipeEnds ends = *system.pipe(world.first);
    CHECK(world.write(world.first, ends.writing, "abc") == "3");
    CHECK(system.stat(world.first, ends.reading)->type == abi::FileType::pipe);
    CHECK(system.stat(world.first, ends.reading)->size == 3);
    CHECK(system.seek(world.first, ends.reading, 0).error() == Error::invalid);
    CHECK(system.mappable(world.first, ends.reading).error() == Error::not_supported);
}
