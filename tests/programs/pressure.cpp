// pressure: four times as much memory as there is, written and read again, page by page.
// SPDX-License-Identifier: MIT
//
//   pressure [PAGES]
//
// Without a number, four times the frames that programs may use. What a page holds depends on its
// number and on the pass, so that no old content passes for a new one. Children share the work, an
// eighth each: there are more pages than one space has room for, and the file is evicted, too.
#include "user/lib/message.hpp"
#include "user/lib/numbers.hpp"
#include "user/lib/os.hpp"

#include "abi/address_map.h"
#include "lib/address.hpp"
#include "lib/print.hpp"

namespace {

constexpr std::uint64_t CHILDREN = 8;
constexpr std::uint64_t PASSES = 2;

constexpr std::uint64_t value_of(std::uint64_t child, std::uint64_t page, std::uint64_t pass) {
    return (child << 48 ^ page << 8 ^ pass) * 0x9e3779b97f4a7c15;
}

// First, middle and last word of a page.
constexpr std::array<std::uint64_t, 3> WORDS{0, PAGE_SIZE / 16, PAGE_SIZE / 8 - 1};

// How many words were wrong, at most what a status can say.
std::int64_t run_child(std::uint64_t child, std::uint64_t pages) {
    const std::int64_t mapped = os::mmap({.bytes = pages * PAGE_SIZE});
    if (mapped < 0) {
        os::report("pressure: mmap of ", pages, " pages: ", os::words(mapped));
        return 100;
    }
    const auto page_at = [&](std::uint64_t page) {
        return reinterpret_cast<volatile std::uint64_t*>(static_cast<std::uint64_t>(mapped) +
                                                         page * PAGE_SIZE);
    };
    std::int64_t wrong = 0;
    for (std::uint64_t pass = 0; pass <= PASSES; ++pass)
        for (std::uint64_t page = 0; page < pages; ++page)
            for (const std::uint64_t word : WORDS) {
                const std::uint64_t expected = pass == 0 ? 0 : value_of(child, page, pass - 1);
                wrong += page_at(page)[word] != expected && wrong < 99 ? 1 : 0;
                page_at(page)[word] = value_of(child, page, pass);
            }
    return wrong;
}

} // namespace

int main(os::Arguments arguments) {
    os::Statistics before{};
    if (const std::int64_t error = os::statistics(before); error < 0) {
        os::report("pressure: statistics: ", os::words(error));
        return 1;
    }
    const std::uint64_t pages =
        arguments.size() > 1 ? os::to_number(arguments[1]).value_or(0) : 4 * before.frames;
    for (std::uint64_t child = 0; child < CHILDREN; ++child)
        if (os::fork() == 0)
            os::exit(run_child(child, pages / CHILDREN + 1));
    std::int64_t wrong = 0;
    std::int64_t status = 0;
    while (os::wait(status) > 0)
        wrong += status;
    os::Statistics after{};
    os::statistics(after);
    os::Output output;
    print(output, "pressure: ", pages, " pages in ", before.frames, " frames, ", PASSES + 1,
          " passes: ", wrong, " wrong words; ", after.page_faults - before.page_faults, " faults, ",
          after.pages_in - before.pages_in, " pages in, ", after.pages_out - before.pages_out,
          " out\n");
    return wrong == 0 ? 0 : 1;
}
