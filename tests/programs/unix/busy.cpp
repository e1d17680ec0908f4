// Busy: no program is written to while it runs, and nothing is run that can be written to.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

#include "user/lib/directory.hpp"

using namespace unix_tests;

namespace {

constexpr std::array<std::uint64_t, 5> WRITING{os::WRITE, os::READ_WRITE, os::WRITE | os::TRUNCATE,
                                               os::WRITE | os::APPEND,
                                               os::READ_WRITE | os::CREATE | os::TRUNCATE};

bool all_busy(std::string_view path) {
    for (const std::uint64_t flags : WRITING)
        if (!is(os::open(path, flags), -abi::BUSY))
            return false;
    return true;
}

bool can_be_written(std::string_view path) { return is(os::close(os::open(path, os::WRITE)), 0); }

// A child that runs PATH, a copy of cat, until INPUT's other end is closed, or it is killed.
std::int64_t start_cat(std::string_view path, const Ends& input) {
    const std::int64_t number = child([&] {
        os::close(os::INPUT);
        os::dup(input[0]);
        close_both(input);
        constexpr std::array<std::string_view, 1> words{"cat"}; // that is how it knows what it is
        return os::exec(path, words);
    });
    CHECK(row_in(os::ProcessState::asleep, number).id != 0); // it waits for input, and so it runs
    return number;
}

// What exec of PATH, a copy of true, ends with: 0, or 42 for busy.
std::int64_t run(std::string_view path) {
    return status_of([&] {
        constexpr std::array<std::string_view, 1> words{"true"};
        return os::exec(path, words) == -abi::BUSY ? 42 : 43;
    });
}

std::int64_t map_page(std::string_view path, std::uint64_t how, std::uint64_t flags,
                      Rights rights) {
    const std::int64_t file = os::open(path, how);
    const std::int64_t mapped =
        os::mmap({.bytes = PAGE_SIZE, .rights = rights, .flags = flags, .descriptor = file});
    os::close(file);
    return mapped;
}

// The system library that every program uses: of those in /lib, one a kernel, the one that is run.
bool library_is_busy() {
    std::size_t busy = 0;
    for (os::Directory libraries("/lib"); const auto entry = libraries.next();) {
        os::PathText kernel;
        os::PathText library;
        if (entry->name.starts_with('.') || !os::join(kernel, "/lib", entry->name) ||
            !os::join(library, kernel.view(), "library"))
            continue;
        const std::int64_t file = os::open(library.view(), os::WRITE);
        os::close(file);
        busy += file == -abi::BUSY && all_busy(library.view()) ? 1 : 0;
    }
    return busy == 1;
}

} // namespace

TEST_CASE("busy: this program, the first one, and the system library are not written to") {
    CHECK(all_busy("/bin/unix-tests"));
    CHECK(all_busy("/bin/../bin/unix-tests"));
    CHECK(library_is_busy());
    CHECK(is(os::close(os::open("/bin/unix-tests")), 0));
}

TEST_CASE("busy: a program is not written to while it runs, and is afterwards") {
    for (const bool killed : {false, true}) {
        REQUIRE(is(copy_file("/bin/cat", "copy"), 0));
        Ends input{};
        REQUIRE(is(os::pipe(input), 0));
        const std::int64_t number = start_cat("copy", input);
        CHECK(all_busy("copy"));
        CHECK(is(os::link("copy", "same"), 0));
        CHECK(all_busy("same"));
        os::Stat stat{};
        CHECK(is(os::stat("copy", stat), 0));
        CHECK(stat.size > PAGE_SIZE); // TRUNCATE did nothing
        // Its name may go, and come to be another file's.
        CHECK(is(os::unlink("copy"), 0));
        REQUIRE(make_file("copy", "new"));
        CHECK(all_busy("same"));
        if (killed)
            CHECK(is(os::kill(number), 0));
        close_both(input);
        CHECK(is(wait_status(), killed ? KILLED : 0));
        CHECK(can_be_written("same"));
        CHECK(is(os::unlink("same"), 0));
        CHECK(is(os::unlink("copy"), 0));
    }
}

TEST_CASE("busy: nor while two run it, until the second ends, or becomes something else") {
    REQUIRE(is(copy_file("/bin/cat", "copy"), 0));
    std::array<Ends, 2> inputs{};
    std::array<std::int64_t, 2> numbers{};
    for (std::size_t i = 0; i < 2; ++i) {
        REQUIRE(is(os::pipe(inputs[i]), 0));
        numbers[i] = start_cat("copy", inputs[i]);
    }
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(all_busy("copy"));
        CHECK(is(os::kill(numbers[i]), 0));
        CHECK(is(wait_status(), KILLED));
        close_both(inputs[i]);
    }
    CHECK(can_be_written("copy"));
    os::unlink("copy");
}

TEST_CASE("busy: a file that is open for writing is not run, whoever has it open") {
    REQUIRE(is(copy_file("/bin/true", "copy"), 0));
    CHECK(is(run("copy"), 0));
    const std::int64_t file = os::open("copy", os::WRITE);
    CHECK(is(run("copy"), 42));
    const std::int64_t second = os::dup(file);
    os::close(file);
    CHECK(is(run("copy"), 42));
    os::close(second);
    CHECK(is(run("copy"), 0));
    const std::int64_t reading = os::open("copy");
    CHECK(is(run("copy"), 0));
    os::close(reading);
    CHECK(is(os::exec("/bin", {}), -abi::IS_DIRECTORY));
    // A failed exec leaves nothing behind.
    REQUIRE(make_file("text", "no program"));
    CHECK(is(os::exec("text", {}), -abi::NOT_EXECUTABLE));
    CHECK(can_be_written("text"));
    os::unlink("text");
    os::unlink("copy");
}

TEST_CASE("busy: a file that is mapped shared and writable is not run, until the mapping ends") {
    REQUIRE(is(copy_file("/bin/true", "copy"), 0));
    for (const Rights rights : {Rights::read_write(), Rights::read(), Rights::none()}) {
        const std::int64_t mapped = map_page("copy", os::READ_WRITE, abi::map::SHARED, rights);
        REQUIRE(mapped > 0);
        CHECK(is(run("copy"), 42));
        CHECK(is(status_of([&] { // a child has the mapping, too
                     return os::munmap(static_cast<std::uint64_t>(mapped), PAGE_SIZE) == 0 &&
                                    os::exec("copy", {}) == -abi::BUSY
                                ? 0
                                : 1;
                 }),
                 0));
        CHECK(is(os::munmap(static_cast<std::uint64_t>(mapped), PAGE_SIZE), 0));
        CHECK(is(run("copy"), 0));
    }
    CHECK(is(status_of([] { // its end is the mapping's, too
                 return map_page("copy", os::READ_WRITE, abi::map::SHARED, Rights::read_write()) > 0
                            ? 0
                            : 1;
             }),
             0));
    CHECK(is(run("copy"), 0));
    for (const std::uint64_t flags : {abi::map::SHARED, abi::map::PRIVATE}) {
        const std::int64_t mapped = map_page("copy", os::READ, flags, Rights::read());
        CHECK(is(run("copy"), 0));
        os::munmap(static_cast<std::uint64_t>(mapped), PAGE_SIZE);
    }
    os::unlink("copy");
}
