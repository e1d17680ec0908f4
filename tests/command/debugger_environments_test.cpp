// What a debugger shows of exo's environments, which all have their library's data at one address.
// SPDX-License-Identifier: MIT
#include "debugged.hpp"
#include "debugger.hpp"

#include "scratch.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using faultline::Scratch;

namespace {

bool has_exo() {
    const auto kernels = debugged_kernels();
    return std::ranges::find(kernels, "exo") != kernels.end();
}

// A child does something, and writes to a page that it has from its parent, which waits for it.
std::filesystem::path family(const Scratch& scratch, const std::string& before = "") {
    return source_file(scratch.path(), "auto* const heap = "
                                       "reinterpret_cast<volatile char*>(os::sbrk(4096));\n"
                                       "heap[0] = 1;\n"
                                       "if (os::fork() == 0) {\n    " +
                                           before +
                                           "heap[0] = 2;\n"
                                           "} else\n    os::wait();\n"
                                           "return 0;");
}

// `satp` says the environment's number, too.
const std::string OF_SECOND = " if ($satp >> 44 & 0xffff) == 2";

} // namespace

TEST_CASE("debug: exo's environments are listed with what they do and wait for") {
    if (!has_exo())
        return;
    const Scratch scratch;
    // On a busy host the parent's slice may end before it waits, and another one after it.
    const std::string until_it_waits = "for (int i = 0; i < 100; ++i)\n    os::yield();\n";
    const Debugged session(
        "exo",
        {"tbreak handle_exception" + OF_SECOND + " && save.address == 0x1f800000", "continue",
         "spaces", "print libos.self"},
        family(scratch, until_it_waits).string());
    CAPTURE(session.output());
    const auto& spaces = session.answer(2);
    // For its child, or for the disk.
    const std::string word = "shared\\.[a-z_]+(\\[\\d+\\])? is not \\d+";
    CHECK_FALSE(match(spaces, "\n  +0 +1  0x[0-9a-f]+  environment 1, mine: waits until " + word +
                                  "( or " + word + ")*\n")
                    .empty());
    CHECK_FALSE(match(spaces, "\n\\* +1 +2  0x[0-9a-f]+  environment 2, mine: runs\n").empty());
    CHECK(holds(session.answer(3), "= 1\n")); // the second process
}

TEST_CASE("debug: pt walks the table of whichever of exo's environments") {
    if (!has_exo())
        return;
    const Scratch scratch;
    const Debugged session("exo",
                           {"break fault_resume" + OF_SECOND, "continue", "pt 0x1f800000 0",
                            "pt 0x1f800000 kernel.environments[1]", "pt 0x1f800000", "pt &libos 0",
                            "pt &libos 1", "pt &shared 0", "pt &shared 1"},
                           family(scratch).string());
    CAPTURE(session.output());
    const auto frame_of = [&](std::size_t index) {
        const auto found = match(session.answer(index), "in frame (0x[0-9a-f]+)\\.\n");
        return found.empty() ? "none" : found[1];
    };
    CHECK(holds(session.answer(2), "r-- user accessed dirty\n")); // in common still
    CHECK(holds(session.answer(3), "rw- user accessed dirty\n")); // its copy
    CHECK(frame_of(2) != frame_of(3));
    CHECK(frame_of(3) == frame_of(4));
    CHECK(frame_of(5) != frame_of(6));
    CHECK(frame_of(7) == frame_of(8));
}

TEST_CASE("debug: a slot of exo's tables is named, and where there is none that is said") {
    if (!has_exo())
        return;
    const Debugged session(
        "exo", {"print kernel.environments[0].bindings.at(0)",
                "print kernel.environments[0].bindings.at(192)",
                "python\ntry: gdb.execute('print kernel.environments[0].bindings.at(99999)')\n"
                "except gdb.error as why: print('refused')\nend",
                "print kernel.frames.records_[0]"});
    CAPTURE(session.output());
    CHECK_FALSE(match(session.answer(0), "= 0x[0-9a-f]+ rwx \\(epoch \\d+\\)\n").empty());
    CHECK_FALSE(match(session.answer(1), "= extent \\d+ rwx \\(epoch \\d+\\)\n").empty());
    CHECK(holds(session.answer(2), "There is no slot 99999"));
    CHECK(holds(session.answer(2), "refused"));
    CHECK(holds(session.answer(3), " pins, "));
}
