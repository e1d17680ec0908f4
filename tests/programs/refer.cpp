// Refers to pages in an order that its arguments give: refer [STATE HOT ONCE COUNT].
// SPDX-License-Identifier: MIT
//
// Its own text is one page and its loop uses no stack, so that what it refers to is known without
// looking: this page, and those of the walk.
#include "user/lib/arguments.hpp"
#include "user/lib/os.hpp"

#include "abi/lab_replacement.hpp"
#include "lib/address.hpp"
#include "lib/numerals.hpp"

extern "C" void refer(std::uint64_t first, const replacement_lab::Walk& walk); // refer.S

int main(os::Arguments arguments) {
    replacement_lab::Walk walk{.state = 1, .hot = 8, .once = 40, .count = 400};
    if (arguments.size() == 5)
        walk = {.state = from_digits(arguments[1]).value_or(0),
                .hot = from_digits(arguments[2]).value_or(0),
                .once = from_digits(arguments[3]).value_or(0),
                .count = from_digits(arguments[4]).value_or(0)};
    else if (arguments.size() != 1)
        return 2;
    if (walk.hot == 0 || walk.once == 0)
        return 2;
    const std::int64_t first =
        os::mmap({.bytes = walk.pages() * PAGE_SIZE, .rights = Rights::read()});
    if (first < 0)
        return 1;
    refer(static_cast<std::uint64_t>(first), walk);
    return 0;
}
