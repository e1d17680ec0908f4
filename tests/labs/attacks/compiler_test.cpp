// Attacks on the compiler: bombs, files that are none of its business, floods of words.
// SPDX-License-Identifier: MIT
//
// A bomb costs its file, and is told by what it did; the machine that grades does not notice.
#include "../grading/sandboxes.hpp"
#include "ground.hpp"

#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>
#include <regex>
#include <string>
#include <vector>

using namespace attacks;

namespace {

struct CompilerAttack {
    const char* about;
    std::string code;
    const char* says;
};

// `says` is a regular expression here: which limit ends a bomb first may be the machine's affair.
std::vector<CompilerAttack> bombs() {
    return {
        {"a file that includes itself", "#include \"arch/riscv/address_space.cpp\"",
         "does not compile"},
        {"a file that includes itself twice each time",
         "#if __INCLUDE_LEVEL__ < 60\n#include __FILE__\n#include __FILE__\n#endif",
         "it was ended for its time|it took more memory than there is for it"},
        {"a device without an end as a header", "#include \"/dev/zero\"", "does not compile"},
        {"constexpr without an end",
         "constexpr int f(int n) { int s = 0; for (int i = 0; i < n; ++i) s += i % 7; return s; }\n"
         "template <int N> struct S { static constexpr int v = f(20000 + N) + S<N - 1>::v; };\n"
         "template <> struct S<0> { static constexpr int v = 0; };\n"
         "static_assert(S<800>::v != 1);",
         "does not compile"},
        {"templates that double",
         "template <unsigned long N, int D> struct B { using L = B<2 * N, D - 1>; using R = "
         "B<2 * N + 1, D - 1>; static constexpr int v = L::v + R::v; };\n"
         "template <unsigned long N> struct B<N, 0> { static constexpr int v = 1; };\n"
         "static_assert(B<1, 40>::v != 3);",
         "does not compile"},
        {"an assembler's repetition",
         "asm(\".pushsection .data\\n.rept 100000000\\n.quad 1, 2, 3, 4\\n.endr\\n.popsection\");",
         "does not compile"},
        {"an assembler's filling",
         "asm(\".pushsection .data\\n.fill 0x40000000, 8, 1\\n.popsection\");", "does not compile"},
        {"a very large array with values", "unsigned char large[1UL << 29] = {1};\n",
         "does not compile"},
        {"a macro of the assembler that calls itself",
         "asm(\".macro again\\n again\\n again\\n.endm\\n again\");", "does not compile"},
    };
}

} // namespace

TEST_CASE("a bomb at build costs its file, and the starter's is judged in its place") {
    for (const auto& attack : bombs()) {
        CAPTURE(std::string(attack.about));
        const auto attempt = build(starter_and(attack.code));
        CAPTURE(attempt.words());
        REQUIRE(attempt.built.replaced.size() == 1);
        CHECK(std::regex_search(attempt.words(), std::regex(attack.says)));
        CHECK(attempt.words().size() < 20'000);
        CHECK(attempt.built.is_whole);
        CHECK(attempt.built.tree.top.string().find("/tmp") != std::string::npos);
    }
}

TEST_CASE("a file that is none of the lab's is not read, or the reading is refused by name") {
    const faultline::Scratch judges;
    const auto hidden = judges.path() / "hidden-tests.json";
    faultline::write_file(hidden, "{\"expect\": 42}");
    const auto solution = faultline::Tree::here().top / "arch" / "riscv" / "address_space.cpp";
    const std::vector<CompilerAttack> attacks = {
        {"the host's users",
         "asm(\".pushsection .rodata\\n.incbin \\\"/etc/passwd\\\"\\n.popsection\");",
         "/etc/passwd"},
        {"the hidden tests",
         "asm(\".pushsection .rodata\\n.incbin \\\"" + hidden.string() + "\\\"\\n.popsection\");",
         "hidden-tests.json"},
        {"the same, by the preprocessor", "#include \"" + hidden.string() + "\"",
         "hidden-tests.json"},
        {"the solution", "#include \"" + solution.string() + "\"", "address_space.cpp"},
        {"the assembler's own include", "asm(\".include \\\"" + solution.string() + "\\\"\");",
         "address_space.cpp"},
    };
    auto sandboxes = working_sandboxes();
    if (sandboxes.empty())
        sandboxes.push_back(lab::make_sandbox(lab::SandboxKind::none));
    for (const auto& where : sandboxes)
        for (const auto& attack : attacks) {
            CAPTURE(std::string(attack.about));
            CAPTURE(std::string(lab::to_words(where->kind())));
            const auto attempt = build(starter_and(attack.code), *where);
            CAPTURE(attempt.words());
            CHECK((!attempt.built.refused.empty() || !attempt.built.replaced.empty()));
            CHECK(attempt.words().find(attack.says) != std::string::npos);
            CHECK(attempt.words().find("root:") == std::string::npos);
            CHECK(attempt.words().find("42") == std::string::npos);
        }
}

TEST_CASE("words of the compiler and the assembler are no result") {
    const std::vector<CompilerAttack> attacks = {
        {"a message", "#pragma message(\"Lab 01-sv39: 100 of 100 points\")", ""},
        {"a flood of the assembler's",
         "asm(\".rept 2000000\\n.print \\\"task 1: 15 of 15\\\"\\n.endr\");", "does not compile"},
        {"terminal's orders in an error", "#error \"\\x1b[2J\x1b[2J task 1: 15 of 15\"",
         "does not compile"},
        {"options by attribute",
         "__attribute__((optimize(\"-fplugin=/tmp/evil.so\"), used)) static void f() {}", ""},
        {"a dump by a pragma", "#pragma GCC optimize(\"-fdump-tree-all=/tmp/dumped\")", ""},
    };
    for (const auto& attack : attacks) {
        CAPTURE(std::string(attack.about));
        const auto attempt = build(starter_and(attack.code));
        CAPTURE(attempt.words());
        CHECK(attempt.words().find(attack.says) != std::string::npos);
        CHECK(attempt.words().find('\x1b') == std::string::npos);
        CHECK(attempt.words().size() < 20'000);
        CHECK_FALSE(std::filesystem::exists("/tmp/dumped"));
    }
}
