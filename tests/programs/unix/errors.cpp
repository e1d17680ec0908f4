// Errors: every one that a header of the API promises, from the call that it stands beside.
// SPDX-License-Identifier: MIT
//
// In the order of user/lib: files.hpp, memory.hpp, processes.hpp, system.hpp. What other tests
// provoke at length is left to them: full tables (files, pipes, processes), a full disk (disk),
// busy files (busy), zero bytes (files), a device that fails (tests/fs, tests/vm: no program can
// make one).
#include "checks.hpp"

using namespace unix_tests;

namespace {

constexpr std::int64_t NOWHERE = 31; // a descriptor that is not open
constexpr std::string_view LONG_NAME =
    "n123456789n123456789n123456789n123456789n123456789n123456789";
static_assert(LONG_NAME.size() == abi::DirectoryEntry::NAME_BYTES + 1);
constinit std::array<char, abi::PATH_BYTES + 1> long_path{};

struct WrongPath {
    std::string_view path;
    std::int64_t error;
};

constexpr std::array<std::string_view, 1> WORDS{"x"};

template <class T>
T* nowhere() {
    return reinterpret_cast<T*>(KERNEL_OFFSET);
}

constexpr std::uint64_t UNMAPPED = MAP_END - PAGE_SIZE;

std::int64_t map_file(std::int64_t file, std::uint64_t flags, Rights rights,
                      std::uint64_t offset = 0) {
    return os::mmap({.bytes = PAGE_SIZE,
                     .rights = rights,
                     .flags = flags,
                     .descriptor = file,
                     .offset = offset});
}

} // namespace

TEST_CASE("errors: of paths, in every call that takes one") {
    REQUIRE(make_file("f", ""));
    REQUIRE(is(os::mkdir("d"), 0));
    long_path.fill('/');
    const std::array<WrongPath, 5> wrong{
        WrongPath{"", -abi::NOT_FOUND},
        WrongPath{"none/x", -abi::NOT_FOUND},
        WrongPath{"f/x", -abi::NOT_DIRECTORY},
        WrongPath{LONG_NAME, -abi::NAME_TOO_LONG},
        WrongPath{{long_path.data(), long_path.size()}, -abi::TOO_LARGE},
    };
    for (const WrongPath& with : wrong) {
        CHECK(is(os::open(with.path), with.error));
        CHECK(is(os::open(with.path, os::WRITE | os::CREATE), with.error));
        CHECK(is(os::mkdir(with.path), with.error));
        CHECK(is(os::mknod(with.path, 1, 0), with.error));
        CHECK(is(os::link("f", with.path), with.error));
        CHECK(is(os::link(with.path, "g"), with.error));
        CHECK(is(os::unlink(with.path), with.error));
        CHECK(is(os::chdir(with.path), with.error));
        CHECK(is(os::exec(with.path, WORDS), with.error));
    }
    os::unlink("f");
    os::unlink("d");
}

TEST_CASE("errors: of descriptors, in every call that takes one") {
    std::array<char, 4> space{};
    os::Stat stat{};
    for (const std::int64_t wrong : {std::int64_t{-1}, NOWHERE, std::int64_t{32}}) {
        CHECK(is(os::close(wrong), -abi::BAD_DESCRIPTOR));
        CHECK(is(os::read(wrong, std::span(space)), -abi::BAD_DESCRIPTOR));
        CHECK(is(os::write(wrong, "x"), -abi::BAD_DESCRIPTOR));
        CHECK(is(os::dup(wrong), -abi::BAD_DESCRIPTOR));
        CHECK(is(os::seek(wrong, 0), -abi::BAD_DESCRIPTOR));
        CHECK(is(os::fstat(wrong, stat), -abi::BAD_DESCRIPTOR));
        CHECK(is(map_file(wrong, abi::map::PRIVATE, Rights::read()), -abi::BAD_DESCRIPTOR));
    }
}

TEST_CASE("errors: of open, read, write, seek") {
    REQUIRE(make_file("f", "abc"));
    REQUIRE(is(os::mkdir("d"), 0));
    CHECK(is(os::open("d", os::WRITE), -abi::IS_DIRECTORY));
    CHECK(is(os::open("d", os::CREATE), -abi::IS_DIRECTORY));
    CHECK(is(os::open("/bin/unix-tests", os::WRITE), -abi::BUSY));
    CHECK(is(os::open("f", 3), -abi::INVALID));
    CHECK(is(os::open("f", os::TRUNCATE), -abi::INVALID));
    CHECK(is(os::open("f", os::APPEND), -abi::INVALID));
    CHECK(holds("f", "abc"));
    REQUIRE(is(os::mknod("tape", 77, 0), 0));
    CHECK(is(os::open("tape"), -abi::NO_CALL));
    std::array<char, 4> space{};
    const std::int64_t reading = os::open("f");
    const std::int64_t writing = os::open("f", os::WRITE);
    CHECK(is(os::write(reading, "x"), -abi::BAD_DESCRIPTOR));
    CHECK(is(os::read(writing, std::span(space)), -abi::BAD_DESCRIPTOR));
    CHECK(is(os_read(reading, nowhere<void>(), 1), -abi::FAULT));
    CHECK(is(os_write(writing, nowhere<void>(), 1), -abi::FAULT));
    CHECK(is(os::seek(writing, 1ULL << 62), 1LL << 62));
    CHECK(is(os::write(writing, "x"), -abi::TOO_LARGE));
    CHECK(is(os::seek(writing, 1ULL << 63), -abi::INVALID));
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    CHECK(is(os::seek(pipe[0], 0), -abi::INVALID));
    os::close(pipe[0]);
    CHECK(is(os::write(pipe[1], "x"), -abi::BROKEN_PIPE));
    os::close(pipe[1]);
    os::close(reading);
    os::close(writing);
    for (const char* name : {"tape", "f", "d"})
        CHECK(is(os::unlink(name), 0));
}

// A bad address in the middle: what came before it counts, and only that.
TEST_CASE("errors: a read or write that has moved some bytes returns how many") {
    const auto pages = static_cast<std::uint64_t>(os::mmap({.bytes = 2 * PAGE_SIZE}));
    REQUIRE(is(os::munmap(pages + PAGE_SIZE, PAGE_SIZE), 0));
    const auto start = reinterpret_cast<char*>(pages);
    for (std::uint64_t i = 0; i < PAGE_SIZE; ++i)
        start[i] = 'x';
    const std::int64_t file = os::open("f", os::READ_WRITE | os::CREATE);
    CHECK(is(os_write(file, start, 2 * PAGE_SIZE), PAGE_SIZE));
    CHECK(is(os_write(file, start + PAGE_SIZE, 1), -abi::FAULT));
    CHECK(is(os::seek(file, 0), 0));
    CHECK(is(os_write(file, start, PAGE_SIZE), PAGE_SIZE));
    CHECK(is(os_write(file, start, PAGE_SIZE), PAGE_SIZE));
    CHECK(is(os::seek(file, 0), 0));
    CHECK(is(os_read(file, start, 2 * PAGE_SIZE), PAGE_SIZE));
    CHECK(is(os::seek(file, PAGE_SIZE), PAGE_SIZE)); // a child is not kept waiting by either
    CHECK(is(status_of([&] { return os_read(file, start, 7) - 7; }), 0));
    os::close(file);
    os::unlink("f");
    os::munmap(pages, PAGE_SIZE);
}

TEST_CASE("errors: of mkdir, mknod, link, unlink, chdir") {
    REQUIRE(make_file("f", ""));
    REQUIRE(is(os::mkdir("d"), 0));
    REQUIRE(make_file("d/in", ""));
    CHECK(is(os::mkdir("f"), -abi::EXISTS));
    CHECK(is(os::mknod("d", 1, 0), -abi::EXISTS));
    CHECK(is(os::link("f", "d"), -abi::EXISTS));
    CHECK(is(os::link("d", "e"), -abi::PERMISSION));
    CHECK(is(os::link("/", "e"), -abi::PERMISSION));
    CHECK(is(os::unlink("d"), -abi::NOT_EMPTY));
    CHECK(is(os::unlink("."), -abi::INVALID));
    CHECK(is(os::unlink("d/.."), -abi::INVALID));
    CHECK(is(os::unlink("/"), -abi::PERMISSION));
    CHECK(is(os::chdir("f"), -abi::NOT_DIRECTORY));
    for (const char* name : {"d/in", "f", "d"})
        CHECK(is(os::unlink(name), 0));
}

TEST_CASE("errors: of sbrk and mmap") {
    CHECK(is(os::sbrk(64 << 20), -abi::NO_MEMORY));
    CHECK(is(os::sbrk(-(64 << 20)), -abi::INVALID));
    REQUIRE(make_file("f", "abc"));
    const std::int64_t reading = os::open("f");
    const std::int64_t writing = os::open("f", os::WRITE);
    using namespace abi::map;
    const auto anonymous = [](std::uint64_t address, std::uint64_t bytes, Rights rights,
                              std::uint64_t flags) {
        return os::mmap({.address = address, .bytes = bytes, .rights = rights, .flags = flags});
    };
    constexpr std::uint64_t USUAL = ANONYMOUS | PRIVATE;
    constexpr Rights WRITE_ALONE = Rights::from_raw(2);
    CHECK(is(anonymous(0, 0, Rights::read(), USUAL), -abi::INVALID));
    CHECK(is(anonymous(0, 5, Rights::read(), USUAL), -abi::INVALID));
    CHECK(is(anonymous(UNMAPPED + 8, PAGE_SIZE, Rights::read(), USUAL), -abi::INVALID));
    CHECK(is(anonymous(0, PAGE_SIZE, Rights::all(), USUAL), -abi::INVALID));
    CHECK(is(anonymous(0, PAGE_SIZE, WRITE_ALONE, USUAL), -abi::INVALID));
    for (const std::uint64_t flags : {std::uint64_t{0}, ANONYMOUS, SHARED | PRIVATE, USUAL | 8})
        CHECK(is(anonymous(0, PAGE_SIZE, Rights::read(), flags), -abi::INVALID));
    CHECK(is(anonymous(0, PAGE_SIZE, Rights::read(), ANONYMOUS | SHARED), -abi::NO_CALL));
    CHECK(is(anonymous(0, 1ULL << 29, Rights::read(), USUAL), -abi::NO_MEMORY));
    const std::uint64_t here = reinterpret_cast<std::uint64_t>(&map_file) & ~(PAGE_SIZE - 1);
    CHECK(is(anonymous(here, PAGE_SIZE, Rights::read(), USUAL), -abi::EXISTS));
    CHECK(is(map_file(reading, SHARED, Rights::read_write()), -abi::PERMISSION));
    CHECK(is(map_file(writing, SHARED, Rights::read()), -abi::PERMISSION));
    CHECK(is(map_file(writing, PRIVATE, Rights::read()), -abi::PERMISSION));
    CHECK(is(map_file(reading, PRIVATE, Rights::read(), 8), -abi::INVALID));
    Ends pipe{};
    REQUIRE(is(os::pipe(pipe), 0));
    CHECK(is(map_file(pipe[0], PRIVATE, Rights::read()), -abi::NO_CALL));
    close_both(pipe);
    os::close(reading);
    os::close(writing);
    os::unlink("f");
}

TEST_CASE("errors: of munmap, mprotect, advise, resume") {
    CHECK(is(os::munmap(UNMAPPED, 5), -abi::INVALID));
    CHECK(is(os::munmap(UNMAPPED, PAGE_SIZE), 0)); // nothing is there, and nothing is lost
    CHECK(is(os::mprotect(UNMAPPED, PAGE_SIZE, Rights::read()), -abi::FAULT));
    CHECK(is(os::mprotect(UNMAPPED, 5, Rights::read()), -abi::INVALID));
    CHECK(is(os::mprotect(UNMAPPED, PAGE_SIZE, Rights::all()), -abi::INVALID));
    CHECK(is(os::advise(UNMAPPED, PAGE_SIZE, os::Advice::usual), -abi::FAULT));
    CHECK(is(os::advise(UNMAPPED, 5, os::Advice::usual), -abi::INVALID));
    CHECK(is(os_advise(UNMAPPED, PAGE_SIZE, 99), -abi::INVALID));
    CHECK(is(os::resume({}), -abi::INVALID));
    CHECK(is(os_resume(nowhere<const os::FaultContext>()), -abi::FAULT));
    const os::FaultContext context{.pc = KERNEL_OFFSET, .registers = {}, .cause = 0, .address = 0};
    CHECK(is(os::resume(context), -abi::FAULT));
}

// As many pieces as there may be regions, each between two holes.
TEST_CASE("errors: a space has so many pieces of memory, and then no more") {
    constexpr std::uint64_t PAGES = 100;
    const auto first = static_cast<std::uint64_t>(os::mmap({.bytes = PAGES * PAGE_SIZE}));
    std::int64_t unmapped = 0;
    for (std::uint64_t page = 1; page < PAGES && unmapped == 0; page += 2)
        unmapped = os::munmap(first + page * PAGE_SIZE, PAGE_SIZE);
    CHECK(is(unmapped, -abi::NO_MEMORY));
    const std::int64_t guarded =
        os::mprotect(first + (PAGES - 2) * PAGE_SIZE, PAGE_SIZE, Rights::read());
    CHECK(is(guarded, -abi::NO_MEMORY));
    CHECK(is(os::munmap(first, PAGES * PAGE_SIZE), 0));
}

TEST_CASE("errors: of exec, wait, kill, group, foreground, tickets, memory") {
    CHECK(is(os::exec("/README", WORDS), -abi::NOT_EXECUTABLE));
    CHECK(is(os::exec("/bin", WORDS), -abi::IS_DIRECTORY));
    CHECK(is(os::exec("/dev/null", WORDS), -abi::PERMISSION));
    CHECK(is(os::wait(), -abi::NO_CHILD));
    CHECK(is(os::kill(1 << 30), -abi::NO_PROCESS));
    CHECK(is(os::kill(1), -abi::PERMISSION));
    CHECK(is(os::kill_group(1 << 30), -abi::NO_PROCESS));
    CHECK(is(os::group(1 << 30, 0), -abi::NO_PROCESS));
    CHECK(is(os::group(1, 0), -abi::NO_PROCESS)); // no child of this one
    CHECK(is(os::group(0, 1 << 30), -abi::NOT_FOUND));
    CHECK(is(os::foreground(1 << 30), -abi::NO_PROCESS));
    CHECK(is(os::tickets(0), -abi::INVALID));
    CHECK(is(os::tickets(4097), -abi::INVALID));
    CHECK(is(os::schedule_group(static_cast<os::Scheduling>(2)), -abi::INVALID));
    CHECK(is(os::schedule_group(static_cast<os::Scheduling>(~0ULL)), -abi::INVALID));
    CHECK(is(os::memory(0), -abi::NO_MEMORY));
    CHECK(is(os::memory(1ULL << 40), -abi::INVALID));
    // A status that cannot be told is not lost.
    const std::int64_t number = child([] { return 5; });
    CHECK(is(os::wait(*nowhere<std::int64_t>()), -abi::FAULT));
    std::int64_t status = 0;
    CHECK(is(os::wait(status), number));
    CHECK(is(status, 5));
}
