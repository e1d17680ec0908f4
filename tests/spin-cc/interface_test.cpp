// The hash of a name: it changes with all that the type means, and with nothing else.
// SPDX-License-Identifier: MIT
#include "interface.hpp"

#include "flags.hpp"
#include "scratch.hpp"
#include "text.hpp"

#include <doctest/doctest.h>

namespace {

// The name of `ask` with its hash, where the interface is TEXT.
std::string name_in(const std::string& text) {
    const faultline::Scratch scratch;
    faultline::write_file(scratch.path() / "interface.hpp", "#pragma once\n" + text);
    std::vector<std::string> flags = safe::flags_for_compiler(CROSS_COMPILER);
    flags.insert(flags.end(), {"-std=c++2b", "-ffreestanding", "-isystem" TOP "/guest/include"});
    const spin_cc::Interface interface = spin_cc::read_interface(scratch.path(), flags);
    REQUIRE(interface.contains("ask"));
    return interface.at("ask");
}

const std::string INNER = "enum class Kind : unsigned char { first, second };\n"
                          "struct Inner { int number; Kind kind; };\n";
const std::string OUTER = "struct Outer { Inner inner; long more; };\n";
const std::string ASK = "extern \"C\" Outer ask(const Outer& what, unsigned long count);\n";

std::string replaced(std::string text, const std::string& old, const std::string& by) {
    const auto at = text.find(old);
    REQUIRE(at != text.npos);
    return text.replace(at, old.size(), by);
}

} // namespace

TEST_CASE("a name gets sixteen digits behind a dot") {
    const std::string name = name_in(INNER + OUTER + ASK);
    CHECK(name.substr(0, 4) == "ask.");
    CHECK(name.find_first_not_of("0123456789abcdef", 4) == name.npos);
    CHECK(name.size() == 4 + 16);
}

TEST_CASE("what changes the meaning changes the hash, however deep it stands") {
    const std::string text = INNER + OUTER + ASK;
    const std::string name = name_in(text);
    const std::vector<std::pair<std::string, std::string>> changes{
        {"Outer ask(", "Inner ask("},                           // the result
        {"unsigned long count", "unsigned count"},              // a parameter
        {"unsigned long count", "long count"},                  // its sign
        {"(const Outer&", "(Outer&"},                           // what may be changed
        {"(const Outer& what", "(Outer what"},                  // how it is handed over
        {"Inner inner; long more;", "long more; Inner inner;"}, // the order
        {"long more;", "unsigned long more;"},
        {"long more;", "long other;"}, // another member in the same place
        {"int number; Kind kind;", "Kind kind; int number;"},
        {"int number;", "unsigned number;"},
        {"first, second", "second, first"}, // the same names with other values
        {"first, second", "first, second, third"},
        {": unsigned char", ": signed char"},
        {"struct Outer {", "struct Base { long at; }; struct Outer : Base {"},
    };
    for (const auto& [old, by] : changes) {
        CAPTURE(by);
        CHECK(name_in(replaced(text, old, by)) != name);
    }
}

TEST_CASE("what does not change the meaning leaves the hash") {
    const std::string text = INNER + OUTER + ASK;
    const std::string name = name_in(text);
    CHECK(name_in("// A remark.\n\n" + text) == name);
    CHECK(name_in(replaced(text, "unsigned long count", "unsigned long how_many")) == name);
    CHECK(name_in(text + "extern \"C\" int another(int);\n") == name);
    CHECK(name_in("using Count = unsigned long;\n" +
                  replaced(text, "unsigned long count", "Count count")) == name);
}

TEST_CASE("templates of the library count by their arguments") {
    const std::string head = "#include <span>\n" + INNER + OUTER;
    const auto ask = [&](const std::string& parameter) {
        return name_in(head + "extern \"C\" void ask(" + parameter + ");\n");
    };
    CHECK(ask("std::span<int>") != ask("std::span<const int>"));
    CHECK(ask("std::span<int, 4>") != ask("std::span<int, 5>"));
    const std::string by_outer = ask("std::span<Outer>");
    CHECK(by_outer != name_in(replaced(head, "int number", "short number") +
                              "extern \"C\" void ask(std::span<Outer>);\n"));
}

TEST_CASE("an interface that does not compile is told in clang's words") {
    CHECK_THROWS_WITH_AS(name_in("extern \"C\" Nothing ask();\n"),
                         doctest::Contains("unknown type name 'Nothing'"), safe::Missing);
}
