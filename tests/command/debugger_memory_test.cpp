// What a debugger shows of memory: page tables, address spaces, and the memory of other modes.
// SPDX-License-Identifier: MIT
#include "debugged.hpp"
#include "debugger.hpp"

#include "scratch.hpp"

#include <doctest/doctest.h>
#include <map>

using faultline::Scratch;

namespace {

// Prints what the machine itself has, whatever GDB shows: the mode, and whether SUM is set.
const std::string SAY_MACHINE = "from faultline import machine; "
                                "say = lambda *_: print('the machine has', "
                                "machine.read_register('priv') & 3, "
                                "machine.read_register('sstatus') >> 18 & 1)";

// What has the program's address space, at fault_resume.
const std::map<std::string, std::string> PROGRAM_SPACE{
    {"monolithic", "kernel.memory.translations.spaces_[0]"},
    {"micro", "thread"},
    {"spin", "strand"},
    {"exo", "kernel.environments[0]"}};

const std::map<std::string, std::vector<std::string>> OWNERS{
    {"monolithic", {"process 1, zero-fill"}},
    {"micro", {"thread pager", "thread zero-fill, paged by pager"}},
    {"spin", {"process 1, zero-fill, paged by extension pager"}},
    {"exo", {"environment 1, zero-fill: runs"}}};

// Are the letters of WORDS in TEXT, in their order, whoever else wrote between them?
bool stands_among(const std::string& text, const std::string& words) {
    std::size_t found = 0;
    for (const char letter : text)
        if (found < words.size() && letter == words[found])
            ++found;
    return found == words.size();
}

// A Python line that prints why the machine does not follow an entry.
std::string fault_of(const std::string& entry, const std::string& level) {
    return "python from faultline import sv39; print(sv39.Entry(" + entry + ").fault_at(" + level +
           "))";
}

} // namespace

TEST_CASE("debug: pt walks the page tables, from any mode") {
    for (const auto& kernel : debugged_kernels()) {
        CAPTURE(kernel);
        const Debugged session(kernel,
                               {"pt 0x11801000", "pt 0x30000000", "pt 0x1f00000000",
                                "pt 0x4000000000", "pt 0xffffffc085000123", "tbreak fault_resume",
                                "continue", "pt 0x11801008 " + PROGRAM_SPACE.at(kernel), "pt $sp",
                                "pt main 0", "help pt"});
        CAPTURE(session.output());
        CHECK(holds(session.answer(0), "0x11801000 in the space of "));
        CHECK(holds(session.answer(0), "\nlevel 2  [  0]  0x8"));
        CHECK(holds(session.answer(0), "\nlevel 1  [140]  0x8"));
        CHECK(holds(session.answer(0), "\nlevel 0  [  1]  0x8"));
        CHECK(holds(session.answer(0), "\nNot mapped: the walk ends at level 0.\n"));
        CHECK(holds(session.answer(1), "\nNot mapped: the walk ends at level 1.\n"));
        CHECK(holds(session.answer(2), "\nNot mapped: the walk ends at level 2.\n"));
        CHECK(holds(session.answer(3), "\nNot canonical: "));
        CHECK_FALSE(holds(session.answer(3), "level"));
        CHECK(holds(session.answer(4), "rw- global accessed dirty\n"));
        CHECK(holds(session.answer(4), "Mapped by a 2 MiB superpage: physical 0x85000123, "
                                       "in frame 0x85000.\n"));
        CHECK(holds(session.answer(7), "rw- user accessed dirty\n"));
        CHECK(holds(session.answer(7), "Mapped by a 4 KiB page: physical 0x8"));
        CHECK(holds(session.answer(7), "008, in frame 0x8"));
        CHECK(holds(session.answer(8), "Mapped by a 4 KiB page: physical 0x8"));
        CHECK(holds(session.answer(10), "Usage: pt ADDRESS [SPACE]"));
    }
}

TEST_CASE("debug: a fault's translation notes its access, and nothing else, on every kernel") {
    const Scratch scratch;
    const auto program =
        source_file(scratch.path(), "auto* const heap = "
                                    "reinterpret_cast<volatile char*>(os::sbrk(2 * 4096));\n"
                                    "const char first = heap[0];\n"
                                    "heap[4096] = 1;\n"
                                    "return first;");
    for (const auto& kernel : debugged_kernels()) {
        CAPTURE(kernel);
        const std::string space = PROGRAM_SPACE.at(kernel);
        const Debugged session(kernel,
                               {"break fault_resume", "continue", "pt 0x1f800000 " + space,
                                "continue", "pt 0x1f800000 " + space, "pt 0x1f801000 " + space},
                               program.string());
        CAPTURE(session.output());
        CHECK(holds(session.answer(2), "rw- user accessed\n")); // by the load
        CHECK(holds(session.answer(4), "rw- user accessed\n"));
        CHECK(holds(session.answer(5), "rw- user accessed dirty\n")); // by the store
    }
}

TEST_CASE("debug: pt says what is wrong with an entry that the machine does not follow") {
    const Debugged session("monolithic",
                           {fault_of("0x200800d7", "0"), fault_of("0x200800d5", "0"),
                            fault_of("0x20080001", "0"), fault_of("0x200800d7", "1"),
                            fault_of("0x20080041", "1"), fault_of("1 << 63 | 0x200800d7", "0")});
    CAPTURE(session.output());
    CHECK(session.answer(0) == "None\n");
    CHECK(session.answer(1) == "writable and not readable is reserved\n");
    CHECK(session.answer(2) == "a table below the last level\n");
    CHECK(session.answer(3) == "None\n"); // frame 0x80200 is aligned for 2 MiB
    CHECK(session.answer(4) == "a table's user, accessed and dirty bits are reserved\n");
    CHECK(session.answer(5) == "bits 63..54 are not zero\n");
}

TEST_CASE("debug: spaces lists the address spaces with their owners") {
    for (const auto& kernel : debugged_kernels()) {
        CAPTURE(kernel);
        const Debugged session(kernel, {"spaces", "tbreak fault_install", "continue", "spaces"});
        for (const std::size_t index : {0, 3}) {
            CAPTURE(session.answer(index));
            for (const auto& owner : OWNERS.at(kernel))
                CHECK(holds(session.answer(index), "  " + owner + "\n"));
            CHECK(holds(session.answer(index), "\n*"));
        }
    }
}

TEST_CASE("debug: memory of all modes can be read, and the machine goes on as it was") {
    for (const auto& kernel : debugged_kernels()) {
        CAPTURE(kernel);
        const Debugged session(kernel, {"python " + SAY_MACHINE + "; gdb.events.cont.connect(say)",
                                        "print $priv",
                                        "print $sstatus & 0x40000",
                                        "print $mstatus & 0x40000",
                                        "print kernel.boot.hart_count",
                                        "x/i fault_install",
                                        "stepi",
                                        "print $priv",
                                        "print $sstatus & 0x40000",
                                        "x/i touch",
                                        "tbreak fault_install",
                                        "continue",
                                        "backtrace",
                                        "stepi",
                                        "print $sstatus = $sstatus | 0x80000",
                                        "print $sstatus >> 18 & 3",
                                        "stepi",
                                        "print $sstatus = $sstatus & ~0x80000ul",
                                        "print $sstatus >> 18 & 3",
                                        "continue"}); // to its end
        CAPTURE(session.output());
        CHECK(holds(session.answer(1), "= 0\n"));
        CHECK(holds(session.answer(2), "= 0\n"));
        CHECK(holds(session.answer(3), "= 0\n"));
        CHECK(holds(session.answer(4), "= 1\n"));
        CHECK(holds(session.answer(5), "<fault_install"));
        CHECK(holds(session.answer(6), "the machine has 0 0\n")); // and so it is given back
        CHECK(holds(session.answer(7), "= 1\n"));
        CHECK(holds(session.answer(8), "= 0\n"));
        CHECK(holds(session.answer(9), "<touch>"));
        CHECK(holds(session.answer(11), "the machine has 1 0\n"));
        CHECK(holds(session.answer(13), "the machine has 1 0\n"));
        CHECK(holds(session.answer(15), "= 2\n")); // MXR, and no SUM
        CHECK(holds(session.answer(18), "= 0\n"));
        // GDB and the guest write at once: the guest's letters stand in order, with others between.
        CHECK(stands_among(session.output().substr(session.output().find("<command 19>")),
                           "zero-fill: the page was zero and took the value"));
    }
}

TEST_CASE("debug: stepping leaves a load reservation alone") {
    // lr.d a0, (sp); nop; sc.d a1, a0, (sp), in the place of the faulting instruction.
    const Debugged session("monolithic", {"set var *(unsigned*)$pc = 0x1001352f",
                                          "set var *(unsigned*)($pc + 4) = 0x00000013",
                                          "set var *(unsigned*)($pc + 8) = 0x18a135af", "stepi 3",
                                          "print (long)$pc - (long)touch", "print $a1",
                                          "set var $pc = (long)touch", "stepi", "stepi", "stepi",
                                          "print (long)$pc - (long)touch", "print $a1"});
    CAPTURE(session.output());
    CHECK(holds(session.answer(4), "= 12\n"));
    CHECK(holds(session.answer(5), "= 0\n"));
    CHECK(holds(session.answer(10), "= 12\n"));
    CHECK(holds(session.answer(11), "= 0\n"));
}

TEST_CASE("debug: kernel data can be printed while the firmware runs") {
    // The firmware takes an illegal instruction first, in machine mode.
    const Debugged session("monolithic",
                           {"tbreak *($mtvec & ~3ul)", "continue", "print $priv",
                            "kernel kernel.boot.hart_count", "kernel /x kernel.boot.hart_count",
                            "spaces", "pt main", "pt &kernel", "print $priv"},
                           "exception");
    CAPTURE(session.output());
    CHECK(holds(session.answer(2), "= 3\n"));
    CHECK(holds(session.answer(3), "= 1\n"));
    CHECK(holds(session.answer(4), "= 0x1\n"));
    CHECK(holds(session.answer(5), "process 1, exception"));
    CHECK(holds(session.answer(6), "Mapped by a 4 KiB page"));
    CHECK(holds(session.answer(8), "= 3\n"));
}
