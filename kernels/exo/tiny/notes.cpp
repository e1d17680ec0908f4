// notes: words that another library OS keeps.
// SPDX-License-Identifier: MIT
//
//   notes NUMBER         what is noted there
//   notes NUMBER WORD    notes it
//
// A program of ExOS; the library OS `tiny` runs beside it (boot: beside=tiny). Who keeps them is
// called by a protected control transfer, and has nothing in common with this program but the
// kernel.
#include "notes.hpp"

#include "abi/exo/layout.h"
#include "kernels/exo/libos/slots.hpp"
#include "user/lib/message.hpp"
#include "user/lib/numbers.hpp"
#include "user/lib/os.hpp"

namespace {

// As long as it has not read its block: it began when this program's library OS did.
std::int64_t ask(notes::Request request, std::uint64_t number, std::uint64_t word) {
    const std::array<std::uint64_t, 6> arguments{static_cast<std::uint64_t>(request), number, word};
    for (;;) {
        const std::int64_t answer = os_call(EXO_TRANSFER + slots::BESIDE, arguments.data());
        if (answer != -abi::BUSY)
            return answer;
        os::sleep(os::TICKS_PER_MILLISECOND);
    }
}

} // namespace

int main(os::Arguments arguments) {
    const auto number = arguments.size() > 1 ? os::to_number(arguments[1]) : std::nullopt;
    const auto word = arguments.size() > 2 ? os::to_number(arguments[2]) : std::nullopt;
    if (!number || arguments.size() > 3 || (arguments.size() == 3 && !word)) {
        os::report("usage: notes NUMBER [WORD]");
        return 2;
    }
    const std::int64_t answer = word ? ask(notes::Request::remember, *number, *word)
                                     : ask(notes::Request::recall, *number, 0);
    if (answer < 0) {
        os::report("notes: ", os::words(answer));
        return 1;
    }
    while (word && ask(notes::Request::pending, *number, 0) == 1)
        os::sleep(os::TICKS_PER_MILLISECOND);
    os::Output output;
    print(output, "notes: ", *number, " is ", word ? *word : static_cast<std::uint64_t>(answer),
          "\n");
    return 0;
}
