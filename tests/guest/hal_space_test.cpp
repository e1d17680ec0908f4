// Address spaces and user memory: what a kernel may change in a program's pages, and reach of them.
// SPDX-License-Identifier: MIT
//
// Each case makes a space of its own. The program's accesses are made by this kernel with
// sstatus.SUM set, so that the machine's own accessed and dirty bits are seen.
#include "hal_world.hpp"
#include "test.hpp"

#include "arch/riscv/kernel_map.hpp"
#include "arch/riscv/user_memory.hpp"

namespace {

constexpr VirtAddr BASE(0x10000000);
constexpr VirtAddr FAR(0x40000000); // another table of the second level
constexpr Page FIRST = Page::containing(BASE);

struct TestSpace : AddressSpace {
    TestSpace() : AddressSpace(world.take_zeroed(), sv39::Asid(7)) {}
    Frame add(VirtAddr address, Rights rights) {
        TestTables tables;
        const Frame frame = world.take_zeroed();
        // Cannot fail: all memory is free, and no page is added twice.
        MUST(AddressSpace::map(tables, Page::containing(address), frame, rights));
        return frame;
    }
    using AddressSpace::clear_accessed;
    using AddressSpace::for_each;
    using AddressSpace::protect;
    using AddressSpace::release_tables;
    using AddressSpace::replace;
    using AddressSpace::unmap;
};

// Lets S-mode touch user pages (sstatus.SUM), in SPACE, while it lives.
class InSpace {
public:
    explicit InSpace(const AddressSpace& space) {
        space.enter();
        asm volatile("csrs sstatus, %0" ::"r"(SUM));
    }
    ~InSpace() {
        asm volatile("csrc sstatus, %0" ::"r"(SUM));
        csr::write_satp(world.root, sv39::Asid(1));
    }
    InSpace(const InSpace&) = delete;
    InSpace& operator=(const InSpace&) = delete;
    std::uint64_t load(VirtAddr address) const { return *word(address); }
    void store(VirtAddr address, std::uint64_t value) const { *word(address) = value; }

private:
    static constexpr std::uint64_t SUM = 1 << 18;
    static volatile std::uint64_t* word(VirtAddr address) {
        return reinterpret_cast<volatile std::uint64_t*>(address.raw());
    }
};

template <std::size_t N>
std::array<std::byte, N> pattern() {
    std::array<std::byte, N> bytes{};
    for (std::size_t i = 0; i < N; ++i)
        bytes[i] = static_cast<std::byte>(i * 7 + 1);
    return bytes;
}

bool same(Bytes left, Bytes right) {
    bool equal = left.size() == right.size();
    for (std::size_t i = 0; equal && i < left.size(); ++i)
        equal = left[i] == right[i];
    return equal;
}

} // namespace

TEST_CASE("the machine notes what a program accessed and wrote, and forgets it on request") {
    TestSpace space;
    const Frame frame = space.add(BASE, Rights::read_write());
    MUST(space.replace(FIRST, frame, sv39::PteFlags::unwritten(Rights::read_write())));
    MUST(space.clear_accessed(FIRST));
    CHECK(!space.examine(FIRST)->flags().accessed());
    const InSpace inside(space);
    CHECK(inside.load(BASE) == 0);
    CHECK(space.examine(FIRST)->flags().accessed());
    CHECK(!space.examine(FIRST)->flags().dirty());
    inside.store(BASE, 1);
    CHECK(space.examine(FIRST)->flags().dirty());
    MUST(space.clear_accessed(FIRST));
    CHECK(!space.examine(FIRST)->flags().accessed());
    CHECK(inside.load(BASE) == 1);
    CHECK(space.examine(FIRST)->flags().accessed());
}

TEST_CASE("a page gets another frame at once") {
    TestSpace space;
    space.add(BASE, Rights::read_write());
    const Frame other = world.take_zeroed();
    const InSpace inside(space);
    inside.store(BASE, 5);
    MUST(space.replace(FIRST, other, sv39::PteFlags::user(Rights::read_write())));
    CHECK(inside.load(BASE) == 0);
    CHECK(space.replace(FIRST + 1, other, sv39::PteFlags::user(Rights::read())).error() ==
          Error::not_mapped);
}

TEST_CASE("other rights keep what was noted, and impossible rights are refused") {
    TestSpace space;
    const Frame frame = space.add(BASE, Rights::read_write());
    MUST(space.protect(FIRST, Rights::read()));
    CHECK(space.examine(FIRST)->flags().rights() == Rights::read());
    CHECK(space.examine(FIRST)->flags().dirty());
    CHECK(space.examine(FIRST)->frame() == frame);
    CHECK(space.protect(FIRST, Rights::none()).error() == Error::invalid);
    CHECK(space.protect(FIRST, Rights::from_raw(2)).error() == Error::invalid);
    CHECK(space.protect(FIRST + 1, Rights::read()).error() == Error::not_mapped);
    CHECK(space.unmap(FIRST)->frame() == frame);
    CHECK(space.unmap(FIRST).error() == Error::not_mapped);
}

TEST_CASE("copying to a program crosses pages, and marks them written") {
    TestSpace space;
    const Frame first = space.add(BASE, Rights::read_write());
    space.add(BASE + PAGE_SIZE, Rights::read_write());
    MUST(space.replace(FIRST, first, sv39::PteFlags::unwritten(Rights::read_write())));
    const auto sent = pattern<100>();
    const VirtAddr place = BASE + (PAGE_SIZE - 33);
    REQUIRE(copy_to_user(space, place, sent).has_value());
    CHECK(space.examine(FIRST)->flags().dirty());
    std::array<std::byte, 100> received{};
    REQUIRE(copy_from_user(space, place, received).has_value());
    CHECK(same(received, sent));
}

TEST_CASE("a piece that cannot be moved wholly is not moved at all") {
    TestSpace space;
    space.add(BASE, Rights::read_write());
    const auto sent = pattern<64>();
    const VirtAddr place = BASE + (PAGE_SIZE - 16);
    UserDestination destination(space, place);
    SUBCASE("the next page is missing") {
        CHECK(destination.put(sent).error() == Error::not_mapped);
        CHECK(first_unreachable(space, place, sent.size(), Access::store) == BASE + PAGE_SIZE);
    }
    SUBCASE("the next page may not be written") {
        space.add(BASE + PAGE_SIZE, Rights::read());
        CHECK(destination.put(sent).error() == Error::not_mapped);
        CHECK(first_unreachable(space, place, sent.size(), Access::load) == place + sent.size());
    }
    CHECK(destination.stopped());
    CHECK(destination.next() == 0);
    std::array<std::byte, 16> kept{};
    REQUIRE(copy_from_user(space, place, kept).has_value());
    CHECK(same(kept, std::array<std::byte, 16>{}));
    const auto writable = sv39::PteFlags::user(Rights::read_write());
    if (!space.replace(FIRST + 1, world.take_zeroed(), writable))
        space.add(BASE + PAGE_SIZE, Rights::read_write());
    CHECK(destination.put(sent).has_value());
    CHECK(destination.next() == sent.size());
}

TEST_CASE("no program has addresses of the kernel, whatever it says") {
    TestSpace space;
    std::array<std::byte, 8> bytes{};
    const auto kernel = VirtAddr(reinterpret_cast<std::uint64_t>(&world));
    CHECK(copy_from_user(space, kernel, bytes).error() == Error::bad_address);
    CHECK(copy_to_user(space, kernel, bytes).error() == Error::bad_address);
    CHECK(copy_to_user(space, VirtAddr(USER_END), bytes).error() == Error::bad_address);
    CHECK(copy_to_user(space, VirtAddr(1ULL << 39), bytes).error() == Error::bad_address);
    CHECK(copy_to_user(space, VirtAddr(~0ULL - 3), bytes).error() == Error::bad_address);
    CHECK(copy_to_user(space, kernel, Bytes()).has_value()); // nothing is asked
}

TEST_CASE("a space gives back its tables and is as a new one") {
    TestSpace space;
    space.add(BASE, Rights::read());
    space.add(BASE + 0x400000, Rights::read());
    space.add(FAR, Rights::read());
    std::uint64_t pages = 0;
    space.for_each([&](Page, const sv39::Pte&) { ++pages; });
    CHECK(pages == 3);
    for (const VirtAddr address : {BASE, BASE + 0x400000, FAR})
        CHECK(space.unmap(Page::containing(address)).has_value());
    std::uint64_t tables = 0;
    bool zero = true;
    space.release_tables([&](Frame table) {
        ++tables;
        for (const sv39::Pte entry : table_in(table).entries)
            zero = zero && entry == sv39::Pte();
    });
    CHECK(tables == 5); // three of the last level, two of the one above
    CHECK(zero);
    CHECK(space.examine(FIRST).error() == Error::not_mapped);
    CHECK(table_in(space.root()).entries == table_in(TestSpace().root()).entries);
}
