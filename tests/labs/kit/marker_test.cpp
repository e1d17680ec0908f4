// Markers: what begins and ends a hole, what is refused, and what a student of which lab gets.
// SPDX-License-Identifier: MIT
#include "marker.hpp"

#include "failure.hpp"

#include <doctest/doctest.h>

namespace {

const std::string CODE = "int before();\n"
                         "struct Table {\n"
                         "    // lab 1 task 2: hole find-entry\n"
                         "    int find() {\n"
                         "        // lab 2 task 1: hole inner\n"
                         "        return secret();\n"
                         "        // lab 2 end\n"
                         "    }\n"
                         "    // lab 1 end\n"
                         "};\n";

std::string starter_of(const std::string& hole) {
    return hole == "find-entry" ? "// Your code.\n\nint find();\n" : "return 0;";
}

std::string cut(int lab) { return lab::cut_text(CODE, lab, "a.cpp", starter_of); }

std::string refusal(const std::string& text, int lab = 1) {
    try {
        lab::cut_text(text, lab, "a.cpp", starter_of);
    } catch (const faultline::Failure& failure) {
        return failure.what();
    }
    return "";
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

} // namespace

TEST_CASE("a student of the lab gets the hole, indented as its marker is") {
    CHECK(cut(1) == "int before();\n"
                    "struct Table {\n"
                    "    // Your code.\n"
                    "\n"
                    "    int find();\n"
                    "};\n");
}

TEST_CASE("a student of another lab gets the code, and nobody gets a marker") {
    CHECK(cut(2) == "int before();\n"
                    "struct Table {\n"
                    "    int find() {\n"
                    "        return 0;\n"
                    "    }\n"
                    "};\n");
    const std::string whole = cut(3);
    CHECK(has(whole, "return secret();"));
    CHECK(!has(whole, "lab "));
    CHECK(lab::cut_text(CODE, 1, "a.cpp", {}) == whole); // the solution
}

TEST_CASE("an empty hole leaves nothing, and text without markers stays as it is") {
    const auto nothing = [](const std::string&) { return std::string(); };
    CHECK(lab::cut_text("a\n# lab 1 task 4: hole fence\nb\n# lab 1 end\nc", 1, "x.S", nothing) ==
          "a\nc");
    for (const std::string text : {"", "\n", "no end", "the lab of doctor end\r\n",
                                   "// labels end here\n", "x(); // lab 1 end\n"})
        CHECK(lab::cut_text(text, 1, "a.cpp", nothing) == text);
}

TEST_CASE("what means to be a marker and is none is refused") {
    for (const std::string line :
         {"// lab 1 task 2 hole find-entry", "//lab 1 end", "// lab 1 end.", "// Lab 1 end",
          "// lab 1 task 2: hole", "# lab 1 task 2: hole Find", "// lab 1: end",
          "// lab 1 task 2: hole a b", "  # LAB 1 TASK 2: HOLE a", "// lab 1 hole a"}) {
        CAPTURE(line);
        CHECK(has(refusal("a\n" + line + "\n"), "a.cpp:2: this is neither"));
    }
}

TEST_CASE("holes of one lab that do not match are refused, with their line") {
    CHECK(has(refusal("// lab 1 task 1: hole a\nx\n"), "a.cpp:1: hole a never ends"));
    CHECK(has(refusal("x\n// lab 1 end\n"), "a.cpp:2: no hole of lab 1 ends here"));
    CHECK(has(refusal("// lab 1 task 1: hole a\n// lab 1 task 1: hole b\n// lab 1 end\n"),
              "a.cpp:2: hole a has not ended before"));
    CHECK(refusal("// lab 1 task 1: hole a\n", 2).empty()); // not this lab's
}
