// Expectations that did not come true, in words.
// SPDX-License-Identifier: MIT
#include "expect.hpp"

#include "lib/print.hpp"
#include "user/lib/os.hpp"

namespace hostile {

namespace {

os::Output output;
int count = 0;

} // namespace

void expect(std::string_view what, std::int64_t result, std::int64_t expected) {
    if (result == expected)
        return;
    print(output, "exo: ", what, ": ", result, ", expected ", expected, "\n");
    ++count;
}

int failures() { return count; }

} // namespace hostile
