// A file system behind a lock, as virtual memory asks it for pages of mapped files.
// SPDX-License-Identifier: MIT
#include "world.hpp"

namespace {

// A file system on a disk that takes no writes, or whose calls fail otherwise.
struct Refusing {
    Error why;
    Result<fs::Stat> stat(int) { return std::unexpected(why); }
    Result<void> read_page(int, std::uint64_t, std::uint64_t, PageBytes) {
        return std::unexpected(why);
    }
    Result<void> write_page(int, std::uint64_t, std::uint64_t, PageBytes) {
        return std::unexpected(why);
    }
    Result<void> claim_page(int, std::uint64_t) { return std::unexpected(why); }
};

} // namespace

TEST_CASE("unix: a file's pages, with the lock held") {
    World world;
    world.make("/f", std::string(PAGE_SIZE + 1, 'x'));
    const auto file = *world.files.lookup("/f", world.files.root());
    CHECK(*world.files.has_page(file, 0));
    CHECK(*world.files.has_page(file, 1));
    CHECK_FALSE(*world.files.has_page(file, 2));
    std::array<std::byte, PAGE_SIZE> page{};
    int turns = 0;
    world.lock.other_process = [&] { ++turns; };
    CHECK(world.files.read_page(file, 1, PAGE_SIZE, page).has_value());
    CHECK(turns == 1);
    CHECK(page[0] == std::byte{'x'});
    CHECK(page[1] == std::byte{0});
    page[0] = std::byte{'y'};
    CHECK(world.files.claim_page(file, 1).has_value());
    CHECK(world.files.write_page(file, 1, 1, page).has_value());
    CHECK(world.contents("/f") == std::string(PAGE_SIZE, 'x') + "y");
    CHECK_FALSE(world.lock.is_held);
}

TEST_CASE("unix: a disk that takes no writes is no right that a program lacks") {
    std::array<std::byte, PAGE_SIZE> page{};
    SteppingLock lock;
    Refusing refusing{Error::not_permitted};
    unix::OverFs<Refusing, int, SteppingLock> files(refusing, lock);
    CHECK(files.write_page(1, 0, PAGE_SIZE, page).error() == Error::input_output);
    CHECK(files.claim_page(1, 0).error() == Error::input_output);
    refusing.why = Error::no_space;
    CHECK(files.claim_page(1, 0).error() == Error::no_space);
    CHECK(files.has_page(1, 0).error() == Error::no_space);
    CHECK_FALSE(lock.is_held);
}
