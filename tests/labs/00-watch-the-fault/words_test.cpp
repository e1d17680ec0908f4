// What students may write for a thing, as the handout promises it.
// SPDX-License-Identifier: MIT
//
// The words of the table in labs/00-watch-the-fault/handout.md, and their limits.
#include "files.hpp"
#include "words.hpp"

#include "text.hpp"

#include <doctest/doctest.h>

using namespace lab;

TEST_CASE("domains") {
    for (const char* text : {"library OS", "LIBRARY-OS", "libos", "lib OS", "the library os",
                             "\"library OS\"", "library  operating_system"})
        CHECK(domain_of(text) == "library OS");
    for (const char* text : {"pager", "the pager", "Pager Server", "external pager", "server"})
        CHECK(domain_of(text) == "pager");
    for (const char* text : {"extension", "SPIN extension", "pager extension"})
        CHECK(domain_of(text) == "extension");
    for (const char* text : {"program", "application", "app", "user program"})
        CHECK(domain_of(text) == "program");
    for (const char* text : {"library", "user", "", "os", "kernels"})
        CHECK_FALSE(domain_of(text).has_value());
}

TEST_CASE("modes") {
    for (const char* text : {"U", "u", "user", "User Mode", "U-mode", "unprivileged"})
        CHECK(mode_of(text) == "U");
    for (const char* text : {"S", "supervisor", "kernel mode", "s-mode", "privileged"})
        CHECK(mode_of(text) == "S");
    CHECK_FALSE(mode_of("kernel").has_value());
}

TEST_CASE("numbers") {
    CHECK(count_of("1,234") == 1234);
    CHECK(count_of("1,234,567") == 1234567);
    CHECK(count_of("Two") == 2);
    CHECK(count_of("none") == 0);
    CHECK_FALSE(count_of("1,23").has_value());
    CHECK_FALSE(count_of("about 2").has_value());
    CHECK_FALSE(count_of("-2").has_value());
    CHECK(percent_of("61 %") == 61.0);
    CHECK(percent_of("61.5") == 61.5);
    CHECK(percent_of("61 percent") == 61.0);
    CHECK_FALSE(percent_of("nan").has_value());
    CHECK(grouped(1234567) == "1,234,567");
    CHECK(grouped(999) == "999");
}

TEST_CASE("kernels, stages, yes and no") {
    CHECK(kernel_of("Microkernel") == "micro");
    CHECK(kernel_of("the exokernel") == "exo");
    CHECK_FALSE(kernel_of("linux").has_value());
    CHECK(stage_of("fault_fill") == "fill");
    CHECK(stage_of("Install") == "install");
    CHECK_FALSE(stage_of("zero").has_value());
    CHECK(yes_or_no("No") == false);
    CHECK(yes_or_no("y") == true);
    const std::vector<std::string> order = {"monolithic", "spin", "exo", "micro"};
    CHECK(kernels_in_order("monolithic < SPIN, exokernel then micro") == order);
}

TEST_CASE("the handout names every question that needs a rule, and the number of points") {
    const auto handout =
        faultline::read_file(lab00::TOP / "labs" / "00-watch-the-fault" / "handout.md");
    for (const auto& question : lab00::the_lab().questions)
        if (question.task == 4 || question.points > 2)
            CHECK(handout.find("`" + question.name + "`") != std::string::npos);
    CHECK(handout.find("points N of 50") != std::string::npos);
}
