// What Tab adds.
// SPDX-License-Identifier: MIT
#include "user/programs/sh/completion.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

using Kind = sh::Completable::Kind;

std::string wanted(std::string_view typed) {
    const sh::Completable what = sh::to_complete(typed);
    return (what.kind == Kind::command ? "command " : "file ") + std::string(what.directory) + ":" +
           std::string(what.prefix);
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
    CHECK(candidates.list() == "stack  stat  st  ");

    sh::Candidates more("s");
    more.offer("stack");
    more.offer("stat");
    CHECK(more.addition() == "ta");
    sh::Candidates one("to");
    one.offer("tools");
    CHECK(one.count() == 1);
    CHECK(one.addition() == "ols");
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
    CHECK(many.list().size() <= sh::Candidates::LIST_BYTES);
    CHECK(many.addition() == name.substr(1));
}
