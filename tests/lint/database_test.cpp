// What tools/lint reads: compile commands, Ninja's list of includes, clang-tidy's words.
// SPDX-License-Identifier: MIT
#include "database.hpp"
#include "keys.hpp"
#include "memory.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tidy.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;

TEST_CASE("a compiler's command is split as a shell would") {
    using Words = std::vector<std::string>;
    CHECK(lint::words_of("g++  -c a.cpp") == Words{"g++", "-c", "a.cpp"});
    CHECK(lint::words_of(R"(g++ -DA=\"b\" '-DC="d e"' "f g")") ==
          Words{"g++", R"(-DA="b")", R"(-DC="d e")", "f g"});
    CHECK(lint::words_of("").empty());
}

TEST_CASE(
    "a source that is compiled twice stands there once, one that nobody compiles without flags") {
    const faultline::Scratch scratch;
    const fs::path top = scratch.path();
    fs::create_directories(top / "tools/deep");
    for (const char* name : {"tools/a.cpp", "tools/deep/b.cpp"})
        faultline::write_file(top / name, "");
    const std::string file = (top / "tools/a.cpp").string();
    faultline::write_file(top / "compile_commands.json",
                          R"([{"directory": "/d", "file": ")" + file +
                              R"(", "command": "g++ -DX=1 -fno-tree-loop-distribute-patterns )"
                              R"(-fno-lifetime-dse -o x.o -c )" +
                              file + R"("}, {"directory": "/d", "file": ")" + file +
                              R"(", "command": "g++ -DX=2 -o y.o -c )" + file + R"("}])");
    const auto sources = lint::sources_below(top, {top / "tools"});
    REQUIRE(sources.size() == 2);
    CHECK(sources[0].flags == std::vector<std::string>{"-DX=1"});
    CHECK(sources[0].object == "x.o");
    CHECK(sources[1].directory.empty());
}

TEST_CASE("of Ninja's list of includes only what is valid counts") {
    const auto includes = lint::parse_includes("a.o: #deps 2, deps mtime 1 (VALID)\n"
                                               "    ../a.cpp\n    /usr/include/x\n\n"
                                               "b.o: #deps 1, deps mtime 1 (STALE)\n    ../b.cpp\n",
                                               "/build");
    REQUIRE(includes.size() == 1);
    CHECK(includes.at("a.o") == std::vector<fs::path>{"/build/../a.cpp", "/usr/include/x"});
}

TEST_CASE("clang-tidy's words name the file, and tell clang's own refusals apart") {
    const auto findings =
        lint::findings_in("/t/a.cpp:3:7: error: redefinition of 'x' [clang-diagnostic-error]\n"
                          "/t/b.hpp:1:2: error: bad [x] y [bugprone-z,-warnings-as-errors]\n"
                          "/t/a.cpp:1:1: note: before\n");
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].stops_compilation);
    CHECK(findings[0].line == 3);
    CHECK(findings[1].file == "/t/b.hpp");
    CHECK_FALSE(findings[1].stops_compilation);
}

TEST_CASE("a batch has each include once, but shows one that a source itself has twice") {
    CHECK(lint::unit_of(
              {"#include <a>\n#include \"b\"\nx\n", "#include <a> // why\n#include <a>\ny\n"}) ==
          "#include <a>\n#include \"b\"\nx\n\n#include <a>\ny\n");
}

TEST_CASE("two texts are not one, and a memory outlives its program") {
    lint::Hash together;
    together.add("ab");
    lint::Hash apart;
    apart.add("a");
    apart.add("b");
    CHECK(together.words() != apart.words());
    const faultline::Scratch scratch;
    const fs::path file = scratch.path() / "clean";
    {
        lint::Memory memory(file, {}, "/tree");
        memory.clean("/tree/a b.cpp", "0x1");
        memory.clean("/tree/c.cpp", ""); // no key: nothing to know it by
        memory.save();
    }
    for (const bool is_record : {false, true}) { // the record of another tree does as well
        const fs::path top = is_record ? "/elsewhere" : "/tree";
        const lint::Memory memory(is_record ? fs::path() : file, is_record ? file : fs::path(),
                                  top);
        CHECK(memory.is_clean(top / "a b.cpp", "0x1"));
        CHECK_FALSE(memory.is_clean(top / "a b.cpp", "0x2"));
        CHECK_FALSE(memory.is_clean(top / "c.cpp", ""));
    }
}

TEST_CASE("a key is the same wherever the tree lies, and of all that may matter") {
    const faultline::Scratch scratch;
    const auto key_in = [&](const std::string& name, const std::string& header) {
        const auto top = scratch.path() / name;
        fs::create_directories(top / "tools");
        faultline::write_file(top / "tools" / "a.cpp", "#include \"a.hpp\"\n");
        faultline::write_file(top / "tools" / "a.hpp", header);
        const lint::Source source{top / "tools" / "a.cpp", top, {"-I" + top.string()}, "a.o"};
        const lint::Includes includes{
            {"a.o", {source.file, top / "build" / ".." / "tools" / "a.hpp"}}};
        fs::create_directories(top / "build");
        return lint::keys_of({source}, includes, top, {"version 14"}).at(0);
    };
    const auto key = key_in("here", "int a();\n");
    CHECK_FALSE(key.empty());
    CHECK(key_in("there", "int a();\n") == key);
    CHECK(key_in("here", "int b();\n") != key);
    faultline::write_file(scratch.path() / "there" / "tools" / ".clang-tidy", "Checks: '-*'\n");
    CHECK(key_in("there", "int a();\n") != key);
    const lint::Source unknown{scratch.path() / "here" / "tools" / "a.cpp", {}, {}, "a.o"};
    CHECK(lint::keys_of({unknown}, {}, scratch.path() / "here", {}).at(0).empty());
}
