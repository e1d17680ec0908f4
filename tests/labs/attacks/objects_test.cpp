// Attacks by what an object defines: stages, other parts' names, sections, aliases.
// SPDX-License-Identifier: MIT
//
// Each is refused by name, and nothing of it is linked.
#include "ground.hpp"

#include <doctest/doctest.h>
#include <vector>

using namespace attacks;

namespace {

struct ObjectAttack {
    const char* about;
    const char* code;
    const char* says;
};

const std::vector<ObjectAttack> ATTACKS = {
    {"a stage function is defined again", "extern \"C\" void fault_resume() {}",
     "defines fault_resume"},
    {"the rig's own end is defined again", "extern \"C\" void fault_receive() {}",
     "defines fault_receive"},
    {"the kernel's main function is defined again",
     "extern \"C\" void kernel_main(const void*) { while (true) {} }", "defines kernel_main"},
    {"a function of the library is defined again",
     "extern \"C\" void* memset(void* to, int, unsigned long) { return to; }", "defines memset"},
    {"the same, weakly",
     "extern \"C\" __attribute__((weak)) void* memcpy(void* to, const void*, unsigned long) "
     "{ return to; }",
     "defines memcpy"},
    {"an alias by the compiler",
     "extern \"C\" { __attribute__((used)) void idle() {} "
     "void fault_fill() __attribute__((alias(\"idle\"))); }",
     "fault_fill"},
    {"an alias by the assembler", "asm(\".globl on_timer\\n.set on_timer, . \");", "on_timer"},
    {"a symbol of its own with a stage's name",
     "asm(\".pushsection .text\\nfault_install: nop\\n.popsection\");", "fault_install"},
    {"a name that a linker's script makes", "char kernel_end[8] = {1};", "kernel_end"},
    {"an absolute address under a name of the rig's",
     "asm(\".globl change_ends\\n.set change_ends, 0x80000000\");", "change_ends"},
    {"another name for a definition",
     "extern \"C\" void own_helper() asm(\"fault_dispatch\");\n"
     "extern \"C\" void own_helper() {}",
     "defines fault_dispatch"},
    {"a version of a symbol",
     "extern \"C\" void own_v1() {}\nasm(\".symver own_v1, on_exception@V1\");", "on_exception@V1"},
    {"a function that the loader chooses",
     "extern \"C\" { static void* chosen() { return nullptr; } "
     "void indirect() __attribute__((ifunc(\"chosen\"))); }",
     ""},
    {"a constructor", "__attribute__((constructor)) static void early() { asm volatile(\"\"); }",
     ".init_array"},
    {"an entry in .init_array by hand",
     "static void early() {}\n__attribute__((used, section(\".init_array\"))) "
     "static void (*const entry)() = early;",
     ".init_array"},
    {"code where the firmware jumps to",
     "__attribute__((used, section(\".text.boot\"))) static void first() { asm volatile(\"\"); }",
     ".text.boot"},
    {"a section of the kernel tests' records",
     "__attribute__((used, section(\"test_cases\"))) static const long record = 1;", "test_cases"},
    {"orders for link-time optimisation",
     "asm(\".pushsection .gnu.lto_.opts,\\\"e\\\",@progbits\\n"
     ".string \\\"'-fplugin=/tmp/evil.so'\\\"\\n.popsection\");",
     ".gnu.lto_.opts"},
    {"a warning for the linker to print",
     "asm(\".pushsection .gnu.warning.kernel_main\\n.string \\\"full marks\\\"\\n.popsection\");",
     ".gnu.warning"},
    {"code that can be written to",
     "asm(\".pushsection .text.own,\\\"awx\\\",@progbits\\nnop\\n.popsection\");", ".text.own"},
    {"a call of a stage, for the probe to see",
     "extern \"C\" void fault_receive();\n"
     "void own_caller() { fault_receive(); }",
     ""},
};

} // namespace

TEST_CASE("what an object must not define is refused by name, and nothing is linked") {
    for (const auto& attack : ATTACKS) {
        const auto attempt = build(starter_and(attack.code));
        CAPTURE(std::string(attack.about));
        CAPTURE(attempt.words());
        CHECK((!attempt.built.refused.empty() || !attempt.built.replaced.empty()));
        CHECK(attempt.words().find(attack.says) != std::string::npos);
        // Only what the starter's file made can have been linked.
        CHECK((attempt.built.images.empty() || !attempt.built.replaced.empty()));
    }
}

TEST_CASE("a helper of one's own is no attack") {
    const auto attempt = build(starter_and("int own_helper(int a) { return a + 1; }\n"
                                           "static int other_helper() { return 2; }\n"
                                           "inline int third(int a) { return a; }\n"
                                           "int fourth() { return third(other_helper()); }"));
    CAPTURE(attempt.words());
    CHECK(attempt.built.refused.empty());
    CHECK(attempt.built.is_whole);
}
