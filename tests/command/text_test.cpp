// Words and numbers: suggestions, quoting, versions, packages, counts.
// SPDX-License-Identifier: MIT
//
// Pure functions of tools/faultline, by example.
#include "junit.hpp"
#include "packages.hpp"
#include "text.hpp"
#include "version.hpp"

#include <doctest/doctest.h>

using namespace faultline;

TEST_CASE("a near name is suggested, a far one is not") {
    const std::vector<std::string> kernels = {"monolithic", "micro", "spin", "exo"};
    CHECK(nearest("micor", kernels) == "micro");
    CHECK(nearest("mono", kernels) == "monolithic");
    CHECK(nearest("grpe", {"free", "grep"}) == "grep"); // neighbours exchanged
    CHECK(nearest("exokernel", kernels) == std::nullopt);
    CHECK(suggestion("spim", kernels) ==
          "Did you mean spin? There are monolithic, micro, spin and exo.");
    CHECK(suggestion("x", {}) == "There are none in this build.");
}

TEST_CASE("numbers are read wholly or not at all") {
    CHECK(parse_number("0x1f") == 31);
    CHECK(parse_number("12") == 12);
    CHECK(parse_number("12x") == std::nullopt);
    CHECK(parse_number("") == std::nullopt);
    CHECK(parse_number("0x") == std::nullopt);
    CHECK(parse_number("0x10000000000000000") == std::nullopt);
    CHECK(hex(0xffffffc080200000) == "0xffffffc080200000");
}

TEST_CASE("a printed command can be pasted") {
    CHECK(shell_line({"qemu", "-M", "virt"}) == "qemu -M virt");
    CHECK(shell_line({"a b", "it's", ""}) == "'a b' 'it'\\''s' ''");
    CHECK(shell_quoted("thbreak *0x10") == "'thbreak *0x10'");
    CHECK(shell_quoted("$HOME") == "'$HOME'");
}

TEST_CASE("versions compare as numbers") {
    CHECK(Version{{7, 2}} == Version{{7, 2, 0}});
    CHECK(Version{{7, 10}} > Version{{7, 2, 22}});
    CHECK(Version{{10}} > Version{{9, 9}});
    CHECK(Version{{3, 25, 1}} >= Version{{3, 25}});
    CHECK(Version{{3, 24, 9}} < Version{{3, 25}});
}

TEST_CASE("versions are found in what tools print") {
    const auto found = [](const char* text) {
        const auto version = find_version(text);
        return version ? version->text() : "none";
    };
    CHECK(found("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7)") == "7.2.22");
    CHECK(found("riscv64-linux-gnu-g++ (Debian 12.2.0-13) 12.2.0") == "12.2.0");
    CHECK(found("GNU gdb (Debian 13.1-3) 13.1") == "13.1");
    CHECK(found("Debian LLVM version 14.0.6\n  Optimized build") == "14.0.6");
    CHECK(found("OpenSBI v1.1") == "1.1");
    CHECK(found("1.11.1") == "1.11.1");
    CHECK(found("no number at all") == "none");
    CHECK(found("riscv64") == "none");
}

TEST_CASE("packages.txt is names, alternatives and a purpose") {
    const auto packages = parse_packages("# a comment\n\n"
                                         "g++   # compiles\n"
                                         "new-qemu | old-qemu # the machine\n"
                                         "bare\n");
    REQUIRE(packages.size() == 3);
    CHECK(packages[0].names == std::vector<std::string>{"g++"});
    CHECK(packages[0].purpose == "compiles");
    CHECK(packages[1].names == std::vector<std::string>{"new-qemu", "old-qemu"});
    CHECK(packages[2].purpose.empty());
}

TEST_CASE("CTest's JUnit file is counted case by case") {
    const auto counts = count_tests(
        "<testsuite tests=\"6\">\n"
        "<testcase name=\"a\" classname=\"a\" time=\"0.1\" status=\"run\"/>\n"
        "<testcase name=\"b\" time=\"0.1\" status=\"fail\"><failure message=\"\"/></testcase>\n"
        "<testcase name=\"c\" time=\"0\" status=\"notrun\"><skipped "
        "message=\"SKIP_RETURN_CODE=77\"/>"
        "<system-out>first\na &lt;reason&gt; &amp;amp;\n</system-out></testcase>\n"
        "<testcase name=\"d\" time=\"0\" status=\"disabled\"/>\n"
        "<testcase name=\"f\" status=\"notrun\"><skipped message=\"Unable to find executable\"/>"
        "</testcase>\n"
        "<testcase name=\"e\" status=\"run\"><system-out>&lt;testcase status=\"fail\"</system-out>"
        "</testcase></testsuite>");
    CHECK(counts.passed == 2);
    CHECK(counts.failed == 2); // one never started
    REQUIRE(counts.skipped.size() == 2);
    CHECK(counts.skipped[0].test == "c");
    CHECK(counts.skipped[0].reason == "a <reason> &amp;");
    CHECK(counts.skipped[1].test == "d");
    CHECK(counts.skipped[1].reason == "it says no reason");
    CHECK(count_tests("").passed == 0);
}
