// The shell's language: what lines become, and where a wrong one is wrong.
// SPDX-License-Identifier: MIT
#include "user/programs/sh/syntax.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace {

using Kind = sh::Node::Kind;

std::string redirection_text(const sh::Redirection& redirection) {
    using Mode = sh::Redirection::Mode;
    const std::string arrow = redirection.mode == Mode::read     ? "<"
                              : redirection.mode == Mode::write  ? ">"
                              : redirection.mode == Mode::append ? ">>"
                                                                 : ">&";
    return " " + std::to_string(redirection.descriptor) + arrow + std::string(redirection.file);
}

// The tree in full parentheses: [word word 1>file], {group}, and operators.
std::string text(const sh::Tree& tree, sh::NodeIndex index) {
    const sh::Node& node = tree[index];
    std::string redirections;
    for (const sh::Redirection& redirection : tree.redirections(node))
        redirections += redirection_text(redirection);
    const auto binary = [&](const std::string& name) {
        return "(" + text(tree, node.left) + " " + name + " " + text(tree, node.right) + ")";
    };
    switch (node.kind) {
    case Kind::simple: {
        std::string words;
        for (const std::string_view word : tree.words(node))
            words += (words.empty() ? "" : " ") + std::string(word);
        return "[" + words + redirections + "]";
    }
    case Kind::group:
        return "{" + text(tree, node.left) + redirections + "}";
    case Kind::pipeline:
        return binary("|");
    case Kind::both:
        return binary("&&");
    case Kind::either:
        return binary("||");
    case Kind::sequence:
        return binary(";");
    case Kind::background:
        return "(" + text(tree, node.left) + " &)";
    }
    return "?";
}

std::string parsed(const std::string& line) {
    sh::Tree tree;
    const auto result = tree.parse(line);
    if (!result)
        return std::to_string(result.error().at) + ": " + std::string(result.error().why);
    return tree.empty() ? "" : text(tree, tree.root());
}

} // namespace

TEST_CASE("words, and what separates them") {
    CHECK(parsed("") == "");
    CHECK(parsed("  \t ") == "");
    CHECK(parsed("# nothing but a comment") == "");
    CHECK(parsed("ls -l  /bin") == "[ls -l /bin]");
    CHECK(parsed("echo a#b # c") == "[echo a#b]");
    CHECK(parsed("echo 'a b' \"c;d\" e\\ f") == "[echo 'a b' \"c;d\" e\\ f]");
    CHECK(parsed("echo \"a \\\" b\"") == "[echo \"a \\\" b\"]");
}

TEST_CASE("operators bind as they do everywhere") {
    CHECK(parsed("a | b | c") == "([a] | ([b] | [c]))");
    CHECK(parsed("a && b || c") == "(([a] && [b]) || [c])");
    CHECK(parsed("a | b && c ; d") == "((([a] | [b]) && [c]) ; [d])");
    CHECK(parsed("a;b;c") == "(([a] ; [b]) ; [c])");
    CHECK(parsed("a;") == "[a]");
    CHECK(parsed("a|b&&c") == "(([a] | [b]) && [c])");
}

TEST_CASE("the background takes the chain before it, and no more") {
    CHECK(parsed("a &") == "([a] &)");
    CHECK(parsed("a; b &") == "([a] ; ([b] &))");
    CHECK(parsed("a; b & c") == "(([a] ; ([b] &)) ; [c])");
    CHECK(parsed("a & b &") == "(([a] &) ; ([b] &))");
    CHECK(parsed("a | b & c") == "((([a] | [b]) &) ; [c])");
}

TEST_CASE("lists in parentheses") {
    CHECK(parsed("(a; b) | c") == "({([a] ; [b])} | [c])");
    CHECK(parsed("(a) > f") == "{[a] 1>f}");
    CHECK(parsed("((a))") == "{{[a]}}");
    CHECK(parsed("(a b) && c") == "({[a b]} && [c])");
    CHECK(parsed("(a\nb\n)") == "{([a] ; [b])}");
}

TEST_CASE("redirections") {
    CHECK(parsed("a < b > c >> d") == "[a 0<b 1>c 1>>d]");
    CHECK(parsed("a 2> e 2>> f") == "[a 2>e 2>>f]");
    CHECK(parsed("a > b 2>&1") == "[a 1>b 2>&1]");
    CHECK(parsed("a>b") == "[a 1>b]");
    CHECK(parsed("> b") == "[ 1>b]");
    CHECK(parsed("a2>b") == "[a2 1>b]");
    CHECK(parsed("a 12>b") == "[a 12 1>b]");
}

TEST_CASE("a wrong line says where and why") {
    CHECK(parsed("a | ") == "4: a command is missing here");
    CHECK(parsed("| a") == "0: a command is missing here");
    CHECK(parsed("a && || b") == "5: a command is missing here");
    CHECK(parsed("a ;; b") == "3: a command is missing here");
    CHECK(parsed("a & ; b") == "4: a command is missing here");
    CHECK(parsed("echo 'a") == "5: this quote is never closed");
    CHECK(parsed("echo \"a\\\"") == "5: this quote is never closed");
    CHECK(parsed("echo a\\") == "6: nothing follows this backslash");
    CHECK(parsed("a (b)") == "2: a command cannot follow here");
    CHECK(parsed("(a") == "0: this parenthesis is never closed");
    CHECK(parsed("a )") == "2: no parenthesis is open here");
    CHECK(parsed("(a) b") == "5: after ) come operators and redirections only");
    CHECK(parsed("a >") == "3: a file's name is missing here");
    CHECK(parsed("a > | b") == "4: a file's name is missing here");
    CHECK(parsed("()") == "1: a command is missing here");
}

TEST_CASE("a line that is too much for the tree is refused in words") {
    std::string words;
    for (int i = 0; i < 200; ++i)
        words += "w ";
    CHECK(parsed(words).ends_with("too many words"));
    std::string commands;
    for (int i = 0; i < 60; ++i)
        commands += "w; ";
    CHECK(parsed(commands).ends_with("too many commands"));
    std::string redirections = "a";
    for (int i = 0; i < 40; ++i)
        redirections += " >b";
    CHECK(parsed(redirections).ends_with("too many redirections"));
    CHECK(parsed(std::string(40, '(') + "a" + std::string(40, ')')) == "16: parentheses too deep");
}

TEST_CASE("what a node says of itself is the text it was made of") {
    sh::Tree tree;
    const std::string line = "sleep 1 | cat & echo  b ";
    REQUIRE(tree.parse(line));
    const sh::Node& list = tree[tree.root()];
    CHECK(tree[tree[list.left].left].text == "sleep 1 | cat");
    CHECK(tree[list.right].text == "echo  b");
}

TEST_CASE("any line is understood or refused, and refused at a place within it") {
    std::mt19937 random(7);
    const std::string letters = "ab|&;()<>\"'\\ \n#$?2";
    sh::Tree tree;
    int understood = 0;
    for (int i = 0; i < 100000; ++i) {
        std::string line;
        for (std::size_t n = random() % 24; n != 0; --n)
            line += letters[random() % letters.size()];
        const auto result = tree.parse(line);
        if (result)
            ++understood;
        else
            REQUIRE(result.error().at <= line.size());
    }
    CHECK(understood > 5000);
}
