// Names through the service's calls: directories, links, files without a name, a full disk.
// SPDX-License-Identifier: MIT
#include "world.hpp"

namespace {

constexpr std::uint64_t WRITE = abi::open::WRITE;
constexpr std::uint64_t CREATE = abi::open::CREATE;

} // namespace

TEST_CASE("unix: each process stands in a directory of its own") {
    World world;
    auto& system = world.system;
    CHECK(system.make_directory(world.first, "/a").has_value());
    CHECK(system.make_directory(world.first, "a/b").has_value());
    const ProcessIndex child = world.fork(world.first);
    CHECK(system.change_directory(child, "a/b").has_value());
    world.make("/a/f", "in a");
    CHECK(system.open(child, "../f", 0).has_value());
    CHECK(system.open(child, "a/f", 0).error() == Error::not_found);
    CHECK(world.contents("a/f") == "in a");
    const ProcessIndex grandchild = world.fork(child);
    CHECK(system.open(grandchild, "../f", 0).has_value());
    CHECK(system.change_directory(child, "..").has_value());
    // Root, /a where the child is, /a/b where only its own child is, and the open file.
    CHECK(world.fs.counts().inodes_in_use == world.at_start.inodes_in_use + 3);
    CHECK(system.open(grandchild, "../f", 0).has_value());
    CHECK(system.open(child, "f", 0).has_value());
    CHECK(system.change_directory(child, "f").error() == Error::not_directory);
    CHECK(system.change_directory(child, "none").error() == Error::not_found);
    CHECK(system.change_directory(child, "").error() == Error::not_found);
    CHECK(system.open(child, "f", 0).has_value());
    world.end(grandchild);
    world.end(child);
    world.check_nothing_left();
}

TEST_CASE("unix: a directory is read, not written, and not created by open") {
    World world;
    auto& system = world.system;
    CHECK(system.make_directory(world.first, "/d").has_value());
    CHECK(world.open("/d", WRITE).error() == Error::is_directory);
    CHECK(world.open("/d", abi::open::READ_WRITE).error() == Error::is_directory);
    CHECK(world.open("/d", CREATE).error() == Error::is_directory);
    const Descriptor directory = *world.open("/d");
    const std::string entries = world.read(world.first, directory);
    CHECK(entries.size() % sizeof(abi::DirectoryEntry) == 0);
    CHECK(system.stat(world.first, directory)->type == abi::FileType::directory);
    CHECK(*system.seek(world.first, directory, 0) == 0);
    CHECK(world.read(world.first, directory, 64) == entries.substr(0, 64));
    CHECK(system.mappable(world.first, directory).error() == Error::not_supported);
    CHECK(system.close(world.first, directory).has_value());
    CHECK(world.open("/d/f", 0).error() == Error::not_found);
    CHECK(world.open("/d/f/g", CREATE).error() == Error::not_found);
    world.make("/f");
    CHECK(world.open("/f/g", CREATE).error() == Error::not_directory);
    CHECK(system.make_directory(world.first, "/f").error() == Error::exists);
    CHECK(world.open(std::string(60, 'n'), CREATE).error() == Error::name_too_long);
    CHECK(world.open(std::string(1'025, '/'), 0).error() == Error::too_large);
    world.check_nothing_left();
}

TEST_CASE("unix: links") {
    World world;
    auto& system = world.system;
    world.make("/one", "text");
    CHECK(system.link(world.first, "one", "/two").has_value());
    CHECK(world.contents("/two") == "text");
    CHECK(system.link(world.first, "/one", "/two").error() == Error::exists);
    CHECK(system.link(world.first, "/none", "/three").error() == Error::not_found);
    CHECK(system.make_directory(world.first, "/d").has_value());
    CHECK(system.link(world.first, "/d", "/e").error() == Error::not_permitted);
    const Descriptor file = *world.open("/two");
    CHECK(system.stat(world.first, file)->links == 2);
    CHECK(system.unlink(world.first, "/one").has_value());
    CHECK(system.unlink(world.first, "/one").error() == Error::not_found);
    CHECK(system.stat(world.first, file)->links == 1);
    CHECK(system.unlink(world.first, "/d/.").error() == Error::invalid);
    world.make("/d/x");
    CHECK(system.unlink(world.first, "/d").error() == Error::not_empty);
    CHECK(system.unlink(world.first, "/d/x").has_value());
    CHECK(system.unlink(world.first, "/d").has_value());
    CHECK(system.close(world.first, file).has_value());
    world.check_nothing_left();
}

TEST_CASE("unix: an open file without a name lives until its last descriptor") {
    World world;
    auto& system = world.system;
    const Descriptor file = *world.open("/f", abi::open::READ_WRITE | CREATE);
    CHECK(world.write(world.first, file, std::string(9'000, 'x')) == "9000");
    const ProcessIndex child = world.fork(world.first);
    CHECK(system.unlink(world.first, "/f").has_value());
    CHECK(world.open("/f").error() == Error::not_found);
    CHECK(system.close(world.first, file).has_value());
    CHECK(world.fs.counts().free_inodes == world.at_start.free_inodes - 1);
    CHECK(system.stat(child, file)->links == 0);
    CHECK(*system.seek(child, file, 8'990) == 8'990);
    CHECK(world.read(child, file) == std::string(10, 'x'));
    system.exit(child, ExitStatus::of_program(0));
    CHECK(world.fs.counts().free_inodes == world.at_start.free_inodes);
    CHECK(world.fs.counts().free_blocks == world.at_start.free_blocks);
    system.reap(child);
    world.check_nothing_left();
}

TEST_CASE("unix: the directory that a process is in may lose its name") {
    World world;
    auto& system = world.system;
    CHECK(system.make_directory(world.first, "/d").has_value());
    const ProcessIndex child = world.fork(world.first);
    CHECK(system.change_directory(child, "/d").has_value());
    CHECK(system.unlink(world.first, "/d").has_value());
    CHECK(system.open(child, "f", WRITE | CREATE).error() == Error::not_found);
    CHECK(system.make_directory(child, "e").error() == Error::not_found);
    CHECK(world.fs.counts().free_inodes == world.at_start.free_inodes - 1);
    CHECK(system.change_directory(child, "/").has_value());
    CHECK(world.fs.counts().free_inodes == world.at_start.free_inodes);
    world.end(child);
    world.check_nothing_left();
}

TEST_CASE("unix: a disk without inodes or blocks says so, and works on") {
    World world({.blocks = 64, .inodes = 5, .log = fs::LOG_LEAST, .swap = 0});
    auto& system = world.system;
    const Descriptor file = *world.open("/big", WRITE | CREATE);
    std::string done;
    std::uint64_t total = 0;
    while ((done = world.write(world.first, file, std::string(8'192, 'b'))) == "8192")
        total += 8'192;
    if (done != "no space on the disk") { // a part was done
        total += std::stoul(done);
        done = world.write(world.first, file, "b");
    }
    CHECK(done == "no space on the disk");
    CHECK(system.stat(world.first, file)->size == total);
    CHECK(system.make_directory(world.first, "/d").error() == Error::no_space);
    CHECK(system.unlink(world.first, "/big").has_value());
    CHECK(system.close(world.first, file).has_value());
    for (int i = 0; i < 4; ++i)
        world.make("/f" + std::to_string(i), "text");
    CHECK(world.open("/f4", WRITE | CREATE).error() == Error::no_space);
    CHECK(system.make_device(world.first, "/f4", 1, 0).error() == Error::no_space);
    CHECK(world.contents("/f3") == "text");
    world.check_nothing_left();
}

TEST_CASE("unix: all inodes in memory in use is too many, and passes") {
    World world({.blocks = 256, .inodes = 63, .log = fs::LOG_LEAST, .swap = 0}, 8);
    auto& system = world.system;
    for (int i = 0; i < 20; ++i)
        world.make("/f" + std::to_string(i));
    std::vector<Descriptor> all;
    Error why = Error::invalid;
    for (int i = 0; i < 20; ++i) {
        const auto descriptor = world.open("/f" + std::to_string(i));
        if (!descriptor) {
            why = descriptor.error();
            break;
        }
        all.push_back(*descriptor);
    }
    CHECK(why == Error::too_many);
    CHECK(all.size() >= 4);
    for (const Descriptor descriptor : all)
        CHECK(system.close(world.first, descriptor).has_value());
    CHECK(world.contents("/f19") == "");
    world.check_nothing_left();
}

TEST_CASE("unix: a zero byte is invalid in every call that makes or looks up a name") {
    using namespace std::string_view_literals;
    World world;
    auto& system = world.system;
    world.make("/f", "kept");
    for (const std::string_view path : {"\0"sv, "/a\0b"sv, "/f\0"sv, "/none\0/x"sv}) {
        CHECK(world.open(path).error() == Error::invalid);
        CHECK(world.open(path, WRITE | CREATE | abi::open::TRUNCATE).error() == Error::invalid);
        CHECK(system.make_directory(world.first, path).error() == Error::invalid);
        CHECK(system.make_device(world.first, path, 1, 0).error() == Error::invalid);
        CHECK(system.link(world.first, "/f", path).error() == Error::invalid);
        CHECK(system.link(world.first, path, "/g").error() == Error::invalid);
        CHECK(system.unlink(world.first, path).error() == Error::invalid);
        CHECK(system.change_directory(world.first, path).error() == Error::invalid);
        CHECK(system.find(world.first, path).error() == Error::invalid);
    }
    CHECK(world.contents("/f") == "kept");
    CHECK(world.fs.counts().free_inodes == world.at_start.free_inodes - 1);
    world.check_nothing_left();
}
