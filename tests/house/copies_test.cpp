// What is no structure is written once; and the check of that finds what it is to find.
// SPDX-License-Identifier: MIT
#include "copies.hpp"

#include "bodies.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <sstream>

namespace {

SourceFile file_of(const std::string& path, const std::string& text) {
    SourceFile file{path, {}};
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        file.lines.push_back(line);
    return file;
}

Files files_of(const std::vector<std::pair<std::string, std::string>>& texts) {
    Files files;
    for (const auto& [path, text] : texts)
        files.emplace(path, file_of(path, text));
    return files;
}

std::vector<Body> bodies_in(const std::string& text) { return bodies_of(file_of("f.cpp", text)); }

// The shape of the one function in TEXT.
std::string shape_in(const std::string& text) {
    const std::vector<Body> bodies = bodies_in(text);
    CAPTURE(text);
    REQUIRE(bodies.size() == 1);
    return bodies.front().shape;
}

std::string shape_of_body(const std::string& statements) {
    return shape_in("void f() { " + statements + " }");
}

// A function whose body has LINES lines, its braces' among them.
std::string function(int lines, const std::string& name = "next") {
    std::string text = "int f(int " + name + ") {\n";
    for (int i = 0; i < lines - 3; ++i)
        text += "    " + name + " += 1;\n";
    return text + "    return " + name + ";\n}\n";
}

// Folders of services/ that are services, by the table in docs/services.md.
std::set<std::string> services_in(const SourceFile& document) {
    const std::regex row(R"(\| `services/([a-z]+)/[^|]*\|.*)");
    std::set<std::string> names;
    std::smatch match;
    for (const std::string& line : document.lines)
        if (std::regex_match(line, match, row))
            names.insert(match[1]);
    return names;
}

Files files_of_the_tree() {
    Files files;
    for (SourceFile& file : guest_sources())
        if (!file.path.ends_with(".S"))
            files.emplace(file.path, file);
    return files;
}

} // namespace

TEST_CASE("no function body of ten lines stands in two kernels, whatever its names") {
    for (const std::string& copy : copies_between_kernels(files_of_the_tree()))
        FAIL_CHECK("written more than once: ", copy);
}

TEST_CASE("no function body of ten lines stands in a header for two kernels") {
    const std::set<std::string> services = services_in(read_source(top() / "docs/services.md"));
    CHECK(services.contains("vm"));
    CHECK(services.size() >= 7);
    for (const std::string& body : bodies_for_two_kernels(files_of_the_tree(), services))
        FAIL_CHECK(body);
}

TEST_CASE("copies: one of each kernel's longer functions would be found in another kernel") {
    Files files = files_of_the_tree();
    for (const std::string kernel : {"monolithic", "micro", "spin", "exo"}) {
        CAPTURE(kernel);
        std::vector<Body> longer;
        for (const auto& [path, file] : files)
            if (kernel_of(path) == kernel)
                for (const Body& body : bodies_of(file))
                    if (body.lines >= LINES_OF_A_COPY)
                        longer.push_back(body);
        int copied = 0;
        for (const Body& body : longer) {
            CAPTURE(body.path);
            const SourceFile& file = files.at(body.path);
            // Its lines, as far as a function's text goes; a method's goes on.
            std::string text = "void f()\n";
            const auto first = file.lines.begin() + static_cast<std::ptrdiff_t>(body.index);
            text += first->substr(first->rfind('{')) + '\n';
            for (auto line = first + 1; line != file.lines.end() && *line != "}"; ++line)
                text += *line + '\n';
            const std::string place = "kernels/another/libos/copy.cpp";
            files.emplace(place, file_of(place, text + "}\n"));
            const bool is_whole = bodies_of(files.at(place)).size() == 1;
            const auto found = copies_between_kernels(files);
            files.erase(place);
            if (!is_whole)
                continue;
            ++copied;
            REQUIRE(found.size() == 1);
            CHECK(found.front().find(body.path) != std::string::npos);
            CHECK(found.front().find(place) != std::string::npos);
        }
        CHECK(copied >= 3);
    }
}

TEST_CASE(
    "copies: names, literals, remarks and attributes make no difference, and what is done does") {
    const std::string shape = shape_of_body("if (a < 1) return b(a, \"text\");");
    for (const std::string alike :
         {"if (left < 0x1f) return f(left, \"\\\"}\");", "if(a<1)return b(a,\"text\");",
          "/* why } */ if (a < 1) // because {\n return b(a, 'x');",
          "if (a < 1) [[unlikely]] return b(a, R\"x(\")} )x\");",
          "if (x::y::a < 1'000) return ::std::b(a, 1.5e3);"}) {
        CAPTURE(alike);
        CHECK(shape_of_body(alike) == shape);
    }
    for (const std::string other :
         {"if (a > 1) return b(a, \"text\");", "while (a < 1) return b(a, \"text\");",
          "if (a < 1) return b(a);", "if (a < b) return b(a, \"text\");",
          "if (a.c < 1) return b(a, \"text\");", "if (a < 1) return b(a, \"text\"); return;",
          "if (this < 1) return b(a, \"text\");", "if (a < 1) return b<c>(a, \"text\");"}) {
        CAPTURE(other);
        CHECK(shape_of_body(other) != shape);
    }
    CHECK(shape_of_body("a->b();") != shape_of_body("a.b();"));
    CHECK(shape_of_body("int a = 1;") != shape_of_body("long a = 1;"));
    // Lines of the preprocessor belong to nothing.
    CHECK(shape_of_body("a();\n#define X { \\\n {\n b();") == shape_of_body("a(); b();"));
}

TEST_CASE("copies: functions of every kind have bodies, and nothing else has") {
    const std::string body = "{ return a; }";
    for (const std::string before :
         {"int f()", "static constexpr Result<int> f(A a, B<C, D> b = {}) const noexcept",
          "template <class T, int N = 3> requires Small<T> auto f(T&&) -> decltype(N)",
          "extern \"C\" [[gnu::noipa]] void f()", "X::X(int a) : a_{a}, b_(a), C<D>(a)", "X::~X()",
          "X& X::operator=(const X&)", "bool operator==(A a, A b)",
          "void X::operator()(int a) const", "X::operator bool() const",
          "constexpr auto f = [](int a)", "void f(std::array<int, 3> a = {1, 2, 3})"}) {
        CAPTURE(before);
        const std::vector<Body> bodies = bodies_in(before + ' ' + body + "\nint after;\n");
        REQUIRE(bodies.size() == 1);
        CHECK(bodies.front().shape == "{ return name ; } ");
    }
    for (const std::string none :
         {"int f();", "enum class E : int { a, b };", "std::array<int, 2> a{f(), 2};",
          "constexpr A a = {.b = f(1), .c = {2}};", "using A = B;", "struct A;",
          "template <class T> concept C = requires(T t) { { t.f() } -> Same<int>; };",
          "struct A { int a{f(1)}; int b = 2; };", "namespace a { int b; }",
          "[[maybe_unused]] static int table[] = {1, 2, 3};"}) {
        CAPTURE(none);
        CHECK(bodies_in(none).empty());
    }
    // In the order of the text, also inside of scopes, and one behind the other.
    const std::vector<Body> bodies = bodies_in("namespace a {\n"
                                               "class B : public C {\n"
                                               "public:\n"
                                               "    B() : c{1} { b(); }\n"
                                               "    enum class D { e };\n"
                                               "    int f() const { return [] { return 1; }(); }\n"
                                               "    int g = 1;\n"
                                               "private:\n"
                                               "    union { int h; };\n"
                                               "};\n"
                                               "extern \"C\" {\n"
                                               "void i() {}\n"
                                               "}\n"
                                               "}\n");
    REQUIRE(bodies.size() == 3);
    CHECK(bodies[0].index == 3);
    CHECK(bodies[1].index == 5);
    CHECK(bodies[2].index == 11);
    CHECK(bodies[2].shape == "{ } ");
}

TEST_CASE("copies: lines count that have code on them") {
    CHECK(bodies_in(function(10)).front().lines == 10);
    CHECK(bodies_in("int f() { return 1; }").front().lines == 1);
    CHECK(bodies_in("int f()\n{\n\n// why\n  a();\n/* b\n c */\n  d(\n e);\n}\n").front().lines ==
          5);
}

TEST_CASE("copies: a body in two kernels is found wherever it stands, and once") {
    const auto copies = [](const std::string& one, const std::string& other, int lines) {
        return copies_between_kernels(
            files_of({{one, function(lines)}, {other, function(lines, "other_name")}}));
    };
    const std::string here = "kernels/micro/a.cpp";
    for (const std::string there :
         {"kernels/exo/a.cpp", "kernels/exo/libos/b.hpp", "kernels/spin/extensions/x/y.cpp"}) {
        CAPTURE(there);
        const auto found = copies(here, there, LINES_OF_A_COPY);
        REQUIRE(found.size() == 1);
        CHECK(found.front().find(here + ":1 (10 lines)") != std::string::npos);
        CHECK(found.front().find(there) != std::string::npos);
        CHECK(copies(here, there, LINES_OF_A_COPY - 1).empty());
        CHECK(copies(here, there, 40).size() == 1);
    }
    CHECK(copies(here, "kernels/micro/servers/b.cpp", 20).empty()); // its own affair
    CHECK(copies(here, "services/vm/b.cpp", 20).empty());
    CHECK(copies_between_kernels(files_of({{"kernels/a/f.cpp", function(12)},
                                           {"kernels/b/f.cpp", function(12) + function(12)},
                                           {"kernels/c/f.cpp", function(13)}}))
              .size() == 1);
}

TEST_CASE("copies: a header for two kernels is found, by whatever way they see it") {
    const auto found = [](const std::vector<std::string>& kernels, const std::string& header,
                          const std::set<std::string>& services = {}) {
        std::vector<std::pair<std::string, std::string>> texts{
            {header, function(LINES_OF_A_COPY)},
            {"services/vm/other.hpp", ""},
            {"arch/by_way.hpp", "#include \"" + header + "\"\n"},
            {"kernels/exo/none.cpp", "#include \"services/vm/other.hpp\"\n"}};
        for (const std::string& kernel : kernels)
            texts.emplace_back("kernels/" + kernel + "/a.cpp", "# include \"arch/by_way.hpp\"\n");
        return bodies_for_two_kernels(files_of(texts), services);
    };
    for (const std::string header : {"lib/two.hpp", "arch/two.hpp", "services/vm/two.hpp"}) {
        CAPTURE(header);
        CHECK(found({}, header).empty());
        CHECK(found({"micro"}, header).empty());
        CHECK(found({"micro", "spin"}, header) ==
              std::vector<std::string>{header + ":1 (10 lines) is for micro, spin"});
        CHECK(found({"micro", "spin", "exo"}, header).empty());
    }
    // Who places a service may be two; but not if others place the same one without this header.
    CHECK(found({"micro", "spin"}, "services/vm/two.hpp", {"vm"}).size() == 1);
    CHECK(found({"micro", "spin"}, "services/fs/two.hpp", {"vm", "fs"}).empty());
    CHECK(found({"micro", "spin"}, "services/fs/two.hpp", {"vm"}).size() == 1);
    // By the name alone, as a placement's header is included, and from the same folder.
    const std::string body = function(LINES_OF_A_COPY);
    CHECK(bodies_for_two_kernels(
              files_of({{"lib/two.hpp", body},
                        {"lib/near.hpp", "#include \"two.hpp\"\n"},
                        {"kernels/a/placement/p.hpp", "#include \"lib/near.hpp\"\n"},
                        {"kernels/a/f.cpp", "#include \"p.hpp\"\n"},
                        {"kernels/b/f.cpp", "#include \"lib/two.hpp\"\n"}}),
              {})
              .size() == 1);
    // Not where a service uses it, whoever places that.
    CHECK(bodies_for_two_kernels(files_of({{"lib/two.hpp", function(LINES_OF_A_COPY)},
                                           {"services/s/f.cpp", "#include \"lib/two.hpp\"\n"},
                                           {"kernels/a/f.cpp", "#include \"lib/two.hpp\"\n"},
                                           {"kernels/b/f.cpp", "#include \"lib/two.hpp\"\n"}}),
                                 {})
              .empty());
    CHECK(bodies_for_two_kernels(files_of({{"lib/two.hpp", function(LINES_OF_A_COPY - 1)},
                                           {"kernels/a/f.cpp", "#include \"lib/two.hpp\"\n"},
                                           {"kernels/b/f.cpp", "#include \"lib/two.hpp\"\n"}}),
                                 {})
              .empty());
}
