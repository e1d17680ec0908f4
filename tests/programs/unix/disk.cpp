// The disk is full: in blocks and in inodes, in words, and with everything back afterwards.
// SPDX-License-Identifier: MIT
#include "checks.hpp"

#include "user/lib/fixed_text.hpp"

using namespace unix_tests;

namespace {

constinit std::array<std::byte, 16 * PAGE_SIZE> bytes{};

} // namespace

TEST_CASE("disk: written full, then empty again") {
    REQUIRE(make_file("before", "kept"));
    const std::int64_t file = os::open("full", os::WRITE | os::CREATE);
    std::int64_t written = 0;
    std::uint64_t all = 0;
    while ((written = os::write(file, std::span<const std::byte>(bytes))) > 0)
        all += static_cast<std::uint64_t>(written);
    CHECK(is(written, -abi::NO_SPACE));
    CHECK(all > 1'000'000);
    os::Stat stat{};
    CHECK(is(os::fstat(file, stat), 0));
    CHECK(stat.size == all);
    CHECK(is(os::write(file, std::string_view("x")),
             stat.size % PAGE_SIZE == 0 ? -abi::NO_SPACE : 1));
    CHECK(os::mkdir("directory") < 0);
    CHECK(holds("before", "kept"));
    CHECK(is(os::close(file), 0));
    CHECK(is(os::unlink("full"), 0));
    CHECK(is(os::mkdir("directory"), 0));
    CHECK(is(os::unlink("directory"), 0));
    CHECK(is(os::unlink("before"), 0));
}

TEST_CASE("disk: full, and a store to a hole of a mapped file ends that process alone") {
    REQUIRE(make_file("sparse", "x"));
    const std::int64_t sparse = os::open("sparse", os::READ_WRITE);
    CHECK(is(os::seek(sparse, 3 * PAGE_SIZE), 3 * PAGE_SIZE));
    CHECK(is(os::write(sparse, std::string_view("end")), 3));
    const auto mapped = static_cast<std::uint64_t>(
        os::mmap({.bytes = 4 * PAGE_SIZE, .flags = abi::map::SHARED, .descriptor = sparse}));
    const std::int64_t file = os::open("full", os::WRITE | os::CREATE);
    while (os::write(file, std::span<const std::byte>(bytes)) > 0)
        continue;
    const auto store_status = [&](std::uint64_t page) {
        return status_of([&] {
            store(mapped + page * PAGE_SIZE, 7);
            return 0;
        });
    };
    CHECK(load(mapped + PAGE_SIZE) == 0);
    CHECK(is(store_status(1), FAULT));
    // A call stores there in the program's place.
    CHECK(is(os::seek(sparse, 0), 0));
    CHECK(is(os_read(sparse, reinterpret_cast<void*>(mapped + PAGE_SIZE), 1), -abi::NO_SPACE));
    CHECK(is(store_status(0), 0));
    CHECK(is(store_status(3), 0));
    CHECK(is(os::close(file), 0));
    CHECK(is(os::unlink("full"), 0));
    CHECK(is(store_status(1), 0));
    CHECK(load(mapped + PAGE_SIZE) == 7);
    CHECK(is(os::munmap(mapped, 4 * PAGE_SIZE), 0));
    CHECK(is(os::close(sparse), 0));
    CHECK(is(os::unlink("sparse"), 0));
}

TEST_CASE("disk: inodes run out, and come back") {
    os::Statistics now{};
    REQUIRE(is(os::statistics(now), 0));
    REQUIRE(is(os::mkdir("many"), 0));
    REQUIRE(is(os::chdir("many"), 0));
    std::uint64_t made = 0;
    std::int64_t last = 0;
    os::FixedText<16> name;
    const auto name_it = [&](std::uint64_t number) {
        name.clear();
        print(name, "f", number);
        return name.view();
    };
    while (made < 2000 && (last = os::open(name_it(made), os::WRITE | os::CREATE)) >= 0) {
        os::close(last);
        ++made;
    }
    CHECK(is(last, -abi::NO_SPACE));
    CHECK(made == now.free_inodes - 1);
    CHECK(is(os::mkdir("directory"), -abi::NO_SPACE));
    for (std::uint64_t i = 0; i < made; ++i)
        REQUIRE(os::unlink(name_it(i)) == 0);
    CHECK(is(os::chdir(".."), 0));
    CHECK(is(os::unlink("many"), 0));
}
