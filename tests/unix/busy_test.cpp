// Busy: no program is written to while it runs, and no file is run that is open for writing.
// SPDX-License-Identifier: MIT
#include "world.hpp"

namespace {

constexpr std::uint64_t WRITE = abi::open::WRITE;
constexpr std::uint64_t BOTH = abi::open::READ_WRITE;
constexpr std::uint64_t CREATE = abi::open::CREATE;
constexpr std::uint64_t TRUNCATE = abi::open::TRUNCATE;

} // namespace

TEST_CASE("unix: the file of a program that runs is not opened for writing") {
    World world;
    auto& system = world.system;
    world.make("/p", "program");
    REQUIRE(system.link(world.first, "/p", "/q").has_value());
    const ProcessIndex child = world.fork(world.first);
    REQUIRE(world.execute(child, "p", "/p").has_value());
    const auto before = system.counts();
    const auto check_busy = [&] {
        for (const char* name : {"/p", "/q"})
            for (const std::uint64_t flags : {WRITE, BOTH, WRITE | CREATE, WRITE | TRUNCATE,
                                              BOTH | CREATE | TRUNCATE, WRITE | abi::open::APPEND})
                CHECK(world.open(name, flags).error() == Error::busy);
        CHECK(system.counts() == before);
        CHECK(world.contents("/p") == "program"); // it may be read
    };
    check_busy();
    SUBCASE("until it ends") { system.exit(child, ExitStatus::of_program(0)); }
    SUBCASE("until it is something else") {
        world.make("/other");
        REQUIRE(world.execute(child, "other", "/other").has_value());
        CHECK(world.open("/other", WRITE).error() == Error::busy);
        CHECK(system.close(world.first, *world.open("/p", WRITE)).has_value());
        system.exit(child, ExitStatus::of_program(0));
        CHECK(system.close(world.first, *world.open("/other", WRITE)).has_value());
    }
    SUBCASE("nor while a child of it runs, or is made") {
        const ProcessIndex grandchild = world.fork(child);
        system.exit(child, ExitStatus::killed());
        CHECK(world.open("/p", WRITE).error() == Error::busy);
        const ProcessIndex embryo = *system.fork(grandchild);
        system.exit(grandchild, ExitStatus::killed());
        system.reap(grandchild);
        CHECK(world.open("/p", WRITE).error() == Error::busy);
        system.abandon(embryo);
    }
    SUBCASE("and its name may go, and name another file") {
        REQUIRE(system.unlink(world.first, "/p").has_value());
        world.make("/p", "new");
        CHECK(world.open("/q", WRITE).error() == Error::busy);
        REQUIRE(world.execute(child, "p", "/p").has_value()); // the new one
        CHECK(world.open("/p", WRITE).error() == Error::busy);
        system.exit(child, ExitStatus::fault());
    }
    system.reap(child);
    for (const char* name : {"/p", "/q"})
        CHECK(system.close(world.first, *world.open(name, WRITE | TRUNCATE)).has_value());
    CHECK(world.contents("/p") == "");
    world.check_nothing_left();
}

TEST_CASE("unix: a file that is open for writing is not run, until the last one closes it") {
    World world;
    auto& system = world.system;
    world.make("/p", "program");
    const Descriptor first = *world.open("/p", WRITE);
    const Descriptor copy = *system.dup(world.first, first);
    const ProcessIndex child = world.fork(world.first);
    CHECK(world.execute(world.first, "p", "/p").error() == Error::busy);
    CHECK(world.execute(child, "p", "/p").error() == Error::busy); // its own descriptor, too
    CHECK(system.name(child) == "init");
    CHECK(system.close(world.first, first).has_value());
    CHECK(system.close(world.first, copy).has_value());
    CHECK(world.execute(world.first, "p", "/p").error() == Error::busy);
    world.end(child);
    REQUIRE(world.open("/p").has_value()); // to read is no matter
    CHECK(world.execute(world.first, "p", "/p").has_value());
    CHECK(world.open("/p", WRITE).error() == Error::busy);
    // Devices are open for writing all the time, and directories are nobody's program.
    REQUIRE(system.make_device(world.first, "/console", 1, 0).has_value());
    REQUIRE(world.open("/console", BOTH).has_value());
    CHECK(world.execute(world.first, "d", "/console").has_value());
}
