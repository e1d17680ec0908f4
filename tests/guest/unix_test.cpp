// What a pipe and a process cost in the UNIX service: a kernel that does nothing else.
// SPDX-License-Identifier: MIT
//
// The bounds are the service's part (docs/unix.md); what a kernel adds (traps, switches, spaces,
// the copy to and from the program) is measured there. In the release build only: the bounds are
// about optimised code.
#include "bound.hpp"
#include "test.hpp"

#include "arch/riscv/console.hpp"
#include "arch/riscv/csr.hpp"
#include "arch/riscv/hart.hpp"
#include "arch/riscv/machine.hpp"
#include "arch/riscv/upcalls.hpp"
#include "services/unix/system.hpp"

extern "C" std::uint64_t instructions_retired(); // unix_test_count.S

namespace {

constexpr std::uint64_t MOST_INSTRUCTIONS = held_to(120); // of a read, and of a write, of one byte

constexpr std::uint64_t MOST_OF_A_LIFE = held_to(1'300); // of fork, exit and wait together

// Nothing here has a name.
struct NoFiles {
    struct Inode {
        bool operator==(const Inode&) const = default;
    };
    Inode root() { return {}; }
    Result<Inode> lookup(std::string_view, Inode) { return std::unexpected(Error::not_found); }
    void hold(Inode) {}
    void release(Inode) {}
    Result<void> begin_use(Inode, io::FileUse) { return {}; }
    void end_use(Inode, io::FileUse) {}
    Result<abi::Stat> stat(Inode) { return std::unexpected(Error::not_found); }
    template <class T>
    Result<std::uint64_t> read(Inode, std::uint64_t, std::uint64_t, T&) {
        return 0;
    }
    template <class T>
    Result<std::uint64_t> write(Inode, std::uint64_t, std::uint64_t, T&) {
        return 0;
    }
    template <class T>
    Result<std::uint64_t> append(Inode, std::uint64_t, T&) {
        return 0;
    }
    Result<void> truncate(Inode, std::uint64_t) { return {}; }
    Result<Inode> create(std::string_view, Inode, abi::FileType, std::uint16_t, std::uint16_t) {
        return std::unexpected(Error::no_space);
    }
    Result<void> make_directory(std::string_view, Inode) { return {}; }
    Result<void> link(std::string_view, std::string_view, Inode) { return {}; }
    Result<void> unlink(std::string_view, Inode) { return {}; }
};

struct Nobody {
    std::uint64_t wakes = 0;
    void wake(unix::Event) { ++wakes; }
    void interrupt(unix::ProcessIndex) {}
    void put(std::string_view) {}
};

// A byte of this kernel's own: the cheapest there is, so that the service is what is counted.
struct OneByte {
    std::byte byte{};
    Result<void> put(Bytes bytes) {
        byte = bytes[0];
        return {};
    }
    Result<void> get(std::span<std::byte> bytes) {
        bytes[0] = byte;
        return {};
    }
    std::uint64_t next() const { return 0; } // it is looked at by nobody here
    bool stopped() const { return false; }
};

struct World {
    Hart hart;
    NoFiles files;
    Nobody nobody;
    unix::System<NoFiles, Nobody> system{files, nobody};
    std::array<std::byte, unix::Pipes::BYTES> storage{};
};
constinit World world;

// As a kernel calls them: not inlined into the measurement.
[[gnu::noinline]] Result<std::uint64_t> write_byte(unix::Descriptor descriptor, OneByte& byte) {
    return world.system.write(unix::Processes::FIRST, descriptor, 1, byte);
}
[[gnu::noinline]] Result<std::uint64_t> read_byte(unix::Descriptor descriptor, OneByte& byte) {
    return world.system.read(unix::Processes::FIRST, descriptor, 1, byte);
}

} // namespace

void on_syscall(TrapFrame& /*frame*/) { panic("no program runs here"); }
void on_page_fault(TrapFrame& /*frame*/) { panic("no program runs here"); }
void on_exception(TrapFrame& /*frame*/) { panic("no program runs here"); }
void on_timer() { panic("no timer runs here"); }
void on_device() { panic("no device is used here"); }

TEST_CASE("one byte through a pipe costs few instructions in the service") {
    const unix::PipeEnds ends = *world.system.pipe(unix::Processes::FIRST);
    const std::uint64_t reading_cost = [] {
        const std::uint64_t before = instructions_retired();
        return instructions_retired() - before;
    }();
    for (unsigned round = 0; round < 3; ++round) {
        OneByte sent{std::byte{42}};
        OneByte received;
        const std::uint64_t start = instructions_retired();
        const Result<std::uint64_t> written = write_byte(ends.writing, sent);
        const std::uint64_t middle = instructions_retired();
        const Result<std::uint64_t> read = read_byte(ends.reading, received);
        const std::uint64_t end = instructions_retired();
        REQUIRE(written.has_value());
        REQUIRE(read.has_value());
        CHECK(received.byte == sent.byte);
        CHECK(middle - start - reading_cost <= MOST_INSTRUCTIONS);
        CHECK(end - middle - reading_cost <= MOST_INSTRUCTIONS);
        Console console;
        print(console, "unix: a byte written ", middle - start - reading_cost, ", read ",
              end - middle - reading_cost, " instructions\n");
    }
    CHECK(world.nobody.wakes == 6);
}

TEST_CASE("a process comes and goes at a bounded cost in the service") {
    auto& system = world.system;
    for (unsigned i = 0; i < 3; ++i)
        REQUIRE(system.open_terminal(unix::Processes::FIRST).has_value());
    for (unsigned round = 0; round < 2; ++round) {
        const std::uint64_t start = instructions_retired();
        const Result<unix::ProcessIndex> child = system.fork(unix::Processes::FIRST);
        REQUIRE(child.has_value());
        system.launch(*child);
        const std::uint64_t forked = instructions_retired();
        system.exit(*child, unix::ExitStatus::of_program(0));
        const std::uint64_t ended = instructions_retired();
        REQUIRE(system.wait(unix::Processes::FIRST).has_value());
        system.reap(*child);
        const std::uint64_t end = instructions_retired();
        CHECK(end - start <= MOST_OF_A_LIFE);
        Console console;
        print(console, "unix: fork ", forked - start, ", exit ", ended - forked, ", wait ",
              end - ended, " instructions\n");
    }
}

extern "C" [[noreturn]] void kernel_main(const BootInfo& boot) {
    world.hart.id = boot.hart;
    adopt_hart(world.hart);
    csr::write_stvec(reinterpret_cast<std::uint64_t>(trap_vector));
    world.system.set_up(world.storage);
    world.system.start("test");
    end_machine(test::run_test_cases() == 0 ? 0 : 1);
}
