// What Tab adds.
// SPDX-License-Identifier: MIT
#include "user/programs/sh/completion.hpp"

#include "screen.hpp"

namespace {

using Kind = sh::Completable::Kind;

std::string wanted(std::string_view typed) {
    const sh::Completable what = sh::to_complete(typed);
    return (what.kind == Kind::command ? "command " : "file ") + std::string(what.directory) + ":" +
           std::string(what.prefix);
}

std::string list(sh::Candidates& candidates) {
    Screen screen;
    candidates.put_list(screen, 80);
    return screen.above;
}

} // namespace

TEST_CASE("the first word is a command, every other one a file") {
    CHECK(wanted("") == "command :");
    CHECK(wanted("l") == "command :l");
    CHECK(wanted("ls ") == "file :");
    CHECK(wanted("ls b") == "file :b");
    CHECK(wanted("ls /bin/e") == "file /bin/:e");
    CHECK(wanted("./a") == "file ./:a");
    CHECK(wanted("cat x | gr") == "command :gr");
    CHECK(wanted("a &&b") == "command :b");
    CHECK(wanted("(a; b") == "command :b");
    CHECK(wanted("a > o") == "file :o");
    CHECK(wanted("a >o") == "file :o");
}

TEST_CASE("what all candidates have in common is added") {
    sh::Candidates candidates("st");
    CHECK(candidates.addition().empty());
    for (const std::string_view name : {"sort", "stack", "stat", "st"})
        candidates.offer(name);
    CHECK(candidates.count() == 3);
    CHECK(candidates.addition().empty());
    CHECK(list(candidates) == "st     stack  stat\n");

    sh::Candidates more("s");
    more.offer("stack");
    more.offer("stat");
    CHECK(more.addition() == "ta");
    sh::Candidates one("to");
    one.offer("tools");
    CHECK(one.count() == 1);
    CHECK(one.addition() == "ols");
}

TEST_CASE("names are listed down columns that fit into the row") {
    sh::Candidates candidates("");
    for (int i = 99; i >= 10; --i)
        candidates.offer("name-" + std::to_string(i));
    candidates.offer("\xc3\xa4");
    const std::string shown = list(candidates); // no row is longer: the screen would refuse it
    CHECK(shown.starts_with("name-10  name-21"));
    CHECK(shown.ends_with(
        "\nname-20  name-31  name-42  name-53  name-64  name-75  name-86  name-97\n"));
}

TEST_CASE("only whole letters are added") {
    sh::Candidates candidates("");
    candidates.offer("x\xc3\xa4");
    candidates.offer("x\xc3\xb6");
    CHECK(candidates.addition() == "x");
}

TEST_CASE("hidden names come when they are asked for") {
    sh::Candidates all("");
    all.offer(".");
    all.offer(".x");
    all.offer("y");
    CHECK(all.count() == 1);
    sh::Candidates hidden(".");
    hidden.offer(".x");
    CHECK(hidden.count() == 1);
}

TEST_CASE("more names than can be shown are counted all the same") {
    sh::Candidates many("n");
    const std::string name = "n" + std::string(58, 'a');
    for (int i = 0; i < 1000; ++i)
        many.offer(name);
    CHECK(many.count() == 1000);
    CHECK(list(many).ends_with("\nand 966 more\n"));
    CHECK(many.addition() == name.substr(1));
}
