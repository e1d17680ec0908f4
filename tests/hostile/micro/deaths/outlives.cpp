// outlives CALL [PAGE]: makes a server break by a call, and tells what goes on.
// SPDX-License-Identifier: MIT
//
// All is tried before, too: that it works then, and so that the program's own pages are there. At
// last it touches a PAGE that is not, of its `file` or of its `zeroes`.
#include "breaking_page.hpp"

#include "user/lib/message.hpp"
#include "user/lib/os.hpp"

#include <array>

namespace {

constexpr std::uint64_t FAR = 128 * PAGE_SIZE;

using Pages = std::array<char, 2 * PAGE_SIZE>;
const Pages of_file{1};
Pages of_zeroes{};

// In the middle, where nothing else is.
void touch(std::string_view page) {
    if (page == "file")
        static_cast<void>(*static_cast<const volatile char*>(&of_file[PAGE_SIZE]));
    if (page == "zeroes")
        *static_cast<volatile char*>(&of_zeroes[PAGE_SIZE]) = 1;
}

void tell(std::string_view what, std::int64_t result) {
    os::report("outlives: ", what, ": ", result < 0 ? os::words(result) : "done");
}

std::int64_t open_and_close() {
    const std::int64_t file = os::open("/lib/large");
    return file < 0 ? file : os::close(file);
}

std::int64_t read_at(std::int64_t file, std::uint64_t offset) {
    std::array<char, 64> space{};
    const std::int64_t sought = os::seek(file, offset);
    return sought < 0 ? sought : os::read(file, space);
}

std::int64_t through_a_pipe() {
    std::array<std::int64_t, 2> ends{};
    std::array<char, 4> space{};
    const std::int64_t made = os::pipe(ends);
    if (made < 0)
        return made;
    const std::int64_t written = os::write(ends[1], "pipe");
    const std::int64_t read = written < 0 ? written : os::read(ends[0], space);
    os::close(ends[0]);
    os::close(ends[1]);
    return read;
}

std::int64_t fork_and_wait() {
    const std::int64_t child = os::fork();
    if (child == 0)
        os::exit(0);
    return child < 0 ? child : os::wait();
}

// At ADDRESS, or, if that is 0, where there is room.
std::int64_t touch_memory(std::uint64_t address = 0) {
    const std::int64_t page = os::mmap({.address = address, .bytes = PAGE_SIZE});
    if (page >= 0)
        *reinterpret_cast<volatile char*>(page) = 1;
    return page;
}

std::int64_t write_and_sync() {
    const std::int64_t file = os::open("/new", os::READ_WRITE | os::CREATE);
    const std::int64_t written = file < 0 ? file : os::write(file, "new");
    return written < 0 ? written : os::sync();
}

// Of FILE the first bytes are in the file server's cache; those at PLACE are not.
void try_all(std::int64_t file, std::uint64_t place, std::string_view except = "") {
    tell("read again", read_at(file, 0));
    tell("read", read_at(file, place));
    tell("open", open_and_close());
    tell("pipe", through_a_pipe());
    if (except != "fork")
        tell("fork", fork_and_wait());
    tell("memory", touch_memory());
}

// In a region that the first pager gives away.
std::int64_t touch_advised() {
    constexpr std::uint64_t PAGES = 16;
    const std::int64_t first = os::mmap({.address = BREAKING_PAGE, .bytes = PAGES * PAGE_SIZE});
    const std::int64_t advised =
        first < 0 ? first : os::advise(BREAKING_PAGE, PAGES * PAGE_SIZE, os::Advice::keep);
    if (advised >= 0)
        *reinterpret_cast<volatile char*>(BREAKING_PAGE) = 1;
    return advised;
}

// Who wakes has a turn as one of its group, and the next nap ends that.
std::int64_t nap_in_group() {
    const std::int64_t made = os::schedule_group(os::Scheduling::stride);
    if (made < 0)
        return made;
    os::sleep(os::TICKS_PER_MILLISECOND);
    return os::sleep(os::TICKS_PER_MILLISECOND);
}

std::int64_t make_break(std::string_view call) {
    if (call == "mkdir")
        return os::mkdir("/new-directory");
    if (call == "advise")
        return touch_advised();
    if (call == "group")
        return nap_in_group();
    if (call == "sync")
        return write_and_sync();
    return call == "fork" ? fork_and_wait() : touch_memory(BREAKING_PAGE);
}

} // namespace

int main(os::Arguments arguments) {
    const std::string_view call = arguments.size() > 1 ? arguments[1] : "";
    const std::int64_t file = os::open("/lib/large");
    tell("first read", read_at(file, 0));
    try_all(file, FAR, call);
    os::report("outlives: now");
    tell(call, make_break(call));
    try_all(file, 2 * FAR);
    if (arguments.size() > 2)
        touch(arguments[2]);
    return 7;
}
