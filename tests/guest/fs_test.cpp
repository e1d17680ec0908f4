// What calls of the file system cost, in instructions: a kernel that does nothing else.
// SPDX-License-Identifier: MIT
//
// The disk is the machine's disk image as its initial RAM disk: reading and writing a block is a
// copy, so that the rest is the file system's own. docs/file-system.md quotes the figures. In the
// release build only: the bounds are about optimised code.
#include "bound.hpp"
#include "test.hpp"

#include "arch/riscv/console.hpp"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/direct_map.hpp"
#include "arch/riscv/hart.hpp"
#include "arch/riscv/machine.hpp"
#include "arch/riscv/upcalls.hpp"
#include "services/fs/file_system.hpp"

extern "C" std::uint64_t instructions_retired(); // unix_test_count.S

namespace {

constexpr std::size_t BUFFERS = 256;
constexpr std::size_t INODES = 32;

class RamDisk {
public:
    void set_up(PhysRange range) { range_ = range; }
    std::uint64_t block_count() const { return range_.size() / fs::BLOCK_SIZE; }
    Result<void> read(fs::BlockNumber number, fs::BlockBytes bytes) {
        ++reads;
        copy_page(bytes, frame_bytes(frame(number)));
        return {};
    }
    Result<void> write(fs::BlockNumber number, fs::ConstBlockBytes bytes) {
        ++writes;
        copy_page(frame_bytes(frame(number)), bytes);
        return {};
    }
    Result<void> flush() {
        ++flushes;
        return {};
    }

    std::uint64_t reads = 0;
    std::uint64_t writes = 0;
    std::uint64_t flushes = 0;

private:
    Frame frame(fs::BlockNumber number) const {
        return Frame::containing(range_.start) + number.raw();
    }
    PhysRange range_;
};

struct World {
    Hart hart;
    RamDisk disk;
    fs::FileSystem<RamDisk> files{disk};
    std::array<fs::BufferRecord, BUFFERS> buffers{};
    std::array<fs::InodeRecord, INODES> inodes{};
    fs::Storage storage;
    Frame page; // some memory
};
constinit World world;

// Bytes of this kernel's own, moved by length only: the service is what is counted.
struct Nowhere {
    std::uint64_t bytes = 0;
    Result<void> put(Bytes piece) {
        bytes += piece.size();
        return {};
    }
    Result<void> get(std::span<std::byte> piece) {
        bytes += piece.size();
        return {};
    }
    std::uint64_t next() const { return bytes; }
    bool stopped() const { return false; }
};

// The least that CALL took in three rounds, printed and returned.
template <class Call>
std::uint64_t cost(std::string_view what, Call call) {
    std::uint64_t least = ~0ULL;
    for (unsigned round = 0; round < 3; ++round) {
        const std::uint64_t nothing = instructions_retired();
        const std::uint64_t before = instructions_retired();
        call();
        const std::uint64_t after = instructions_retired();
        least = std::min(least, after - before - (before - nothing));
    }
    Console console;
    print(console, "fs: ", what, " ", least, " instructions\n");
    return least;
}

// As a kernel calls them: not inlined into the measurement.
[[gnu::noinline]] Result<std::uint64_t> read(fs::InodeRef file, std::uint64_t count) {
    Nowhere nowhere;
    return world.files.read(file, 0, count, nowhere);
}
[[gnu::noinline]] Result<std::uint64_t> write(fs::InodeRef file, std::uint64_t count) {
    Nowhere nowhere;
    return world.files.write(file, 0, count, nowhere);
}
[[gnu::noinline]] void open_and_close(std::string_view path) {
    const fs::InodeRef root = world.files.root();
    if (const auto file = world.files.lookup(path, root); file)
        world.files.release(*file);
    world.files.release(root);
}

} // namespace

void on_syscall(TrapFrame& /*frame*/) { panic("no program runs here"); }
void on_page_fault(TrapFrame& /*frame*/) { panic("no program runs here"); }
void on_exception(TrapFrame& /*frame*/) { panic("no program runs here"); }
void on_timer() { panic("no timer runs here"); }
void on_device() { panic("no device is used here"); }

TEST_CASE("mounting reads the inode table and little else") {
    bool mounted = false;
    const std::uint64_t spent = cost("mount", [&] {
        world.disk.reads = 0;
        mounted = world.files.mount(world.storage).has_value();
    });
    REQUIRE(mounted);
    Console console;
    print(console, "fs: mount reads ", world.disk.reads, " blocks\n");
    CHECK(world.disk.reads <= 1024 / fs::INODES_PER_BLOCK + 8);
    CHECK(spent <= held_to(150000));
}

TEST_CASE("a cached read costs little beyond the copy") {
    REQUIRE(world.files.mount(world.storage).has_value());
    const auto file = world.files.lookup("/bin/sh", world.files.root());
    REQUIRE(file.has_value());
    REQUIRE(read(*file, fs::BLOCK_SIZE).has_value());
    CHECK(cost("a cached byte read", [&] { (void)read(*file, 1); }) <= held_to(200));
    CHECK(cost("a cached block read", [&] { (void)read(*file, fs::BLOCK_SIZE); }) <= held_to(200));
    const PageBytes page = frame_bytes(world.page);
    const auto whole = [&] { (void)world.files.read_page(*file, 1, PAGE_SIZE, page); };
    whole();
    CHECK(cost("a cached page read for a mapping", whole) <= held_to(1500));
}

TEST_CASE("names and changes") {
    REQUIRE(world.files.mount(world.storage).has_value());
    const fs::InodeRef root = world.files.root();
    CHECK(cost("open and close /bin/sh", [] { open_and_close("/bin/sh"); }) <= held_to(2500));
    fs::InodeRef file;
    const std::uint64_t whole = cost("create, write a block, remove", [&] {
        file = *world.files.create("/new", root, {});
        (void)write(file, fs::BLOCK_SIZE);
        (void)world.files.unlink("/new", root);
        world.files.release(file);
    });
    CHECK(whole <= held_to(20000));
    REQUIRE(world.files.sync().has_value());
    file = *world.files.create("/new", root, {});
    CHECK(cost("a cached block overwritten", [&] { (void)write(file, fs::BLOCK_SIZE); }) <=
          held_to(500));
    world.disk.writes = world.disk.flushes = 0;
    CHECK(cost("sync of nothing", [] { (void)world.files.sync(); }) <= held_to(60));
    const std::uint64_t synced = cost("overwrite a block and sync", [&] {
        world.disk.writes = world.disk.flushes = 0;
        (void)write(file, fs::BLOCK_SIZE);
        (void)world.files.sync();
    });
    CHECK(world.disk.writes == 2); // the copy and the header
    CHECK(world.disk.flushes == 2);
    CHECK(synced <= held_to(20000));
}

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    world.hart.id = boot.hart;
    adopt_hart(world.hart);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    world.disk.set_up(boot.initial_ram_disk);
    const Frame first = boot.free_frames.first;
    world.storage = {
        {frame_bytes(first).data(), BUFFERS * fs::BLOCK_SIZE}, world.buffers, world.inodes};
    world.page = first + BUFFERS;
    end_machine(test::run_test_cases() == 0 ? 0 : 1);
}
