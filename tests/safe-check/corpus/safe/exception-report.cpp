// What a program does wrong besides page faults, in words, with a limit of reports.
// SPDX-License-Identifier: MIT
//
// Does: a table of names by cause, a lookup in bounds, an error that ends the program.
#include "kernels/spin/interface/extension.hpp"
#include "kernels/spin/interface/trap.hpp"

#include "lib/print.hpp"

#include <array>

namespace {

constexpr std::array<std::string_view, 8> CAUSES{
    "instruction misaligned", "instruction access", "illegal instruction", "breakpoint",
    "load misaligned",        "load access",        "store misaligned",    "store access",
};

struct Console {
    void put(std::string_view text) { console_write(text); }
};

struct Reports {
    std::uint64_t left = 10;
};
constinit Reports reports{};

std::string_view name_of(std::uint64_t cause) {
    return cause < CAUSES.size() ? CAUSES[cause] : std::string_view("unknown cause");
}

Result<void> on_exception(const spin::Exception& event) {
    if (reports.left != 0) {
        reports.left -= 1;
        Console console{};
        print(console, name_of(event.cause), " at ", hex(event.pc), "\n");
    }
    return std::unexpected(Error::not_permitted);
}

} // namespace

extern "C" Result<void> extension_start(spin::FrameQuota, const spin::Program& program) {
    return trap_install_exception(program.context, on_exception);
}
