// The shell as a person meets it: at the console of the monolithic kernel.
// SPDX-License-Identifier: MIT
//
// What the editor, the parser and the completion do with each key and line is tested on the host
// (tests/user); here it is that processes, pipes, jobs and the terminal play together.
#include "command.hpp"
#include "conversation.hpp"

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <unistd.h>

namespace {

bool has_monolithic() {
    const auto built = kernels();
    return std::ranges::find(built, "monolithic") != built.end();
}

constexpr const char* RUN = "monolithic --drop-writes";
constexpr const char* PROMPT = "/ $ ";
constexpr const char* ENTERED = "\x1b[K\r\n"; // what the editor shows behind a finished line

} // namespace

TEST_CASE("shell: a pipeline ends when all of it has ended, with its last command's status") {
    if (!has_monolithic())
        return;
    Conversation person(RUN);
    INFO(person.heard());
    CHECK(person.hears(PROMPT));
    person.type("sleep 0.5 | sh -c 'exit 5'; echo status $?\r");
    CHECK(person.hears("\nstatus 5"));
    person.type("sleep 1000 &\r");
    CHECK(person.hears(PROMPT));
    person.type("sleep 0.5 | true; echo status $?\r"); // not a matter of the background's
    CHECK(person.hears("\nstatus 0"));
}

TEST_CASE("shell: Ctrl-C ends a line and a wait, and nothing in the background") {
    if (!has_monolithic())
        return;
    Conversation person(RUN);
    INFO(person.heard());
    CHECK(person.hears(PROMPT));
    person.type("sleep 1000 &\r");
    CHECK(person.hears(PROMPT));
    for (const std::string line : {"wait", "sleep 1000; sleep 1000; echo never"}) {
        person.type(line + "\r");
        CHECK(person.hears(line + ENTERED));
        sleep(1); // until it runs
        person.type("\x03");
        CHECK(person.hears(PROMPT));
        person.type("echo $?; jobs\r");
        CHECK(person.hears("\n125\r\n"));
        CHECK(person.hears("running: sleep 1000"));
    }
    CHECK(person.heard().find("\nnever") == std::string::npos);
}

TEST_CASE("shell: what runs in the background takes no keys away") {
    if (!has_monolithic())
        return;
    Conversation person(RUN);
    INFO(person.heard());
    CHECK(person.hears(PROMPT));
    person.type("cat &\r");
    CHECK(person.hears(PROMPT));
    person.type("wait; echo all keys came\r");
    CHECK(person.hears("\nall keys came"));
}

TEST_CASE("shell: of what is pasted each reader gets its own lines, and all are shown once") {
    if (!has_monolithic())
        return;
    Conversation person(RUN);
    INFO(person.heard());
    CHECK(person.hears(PROMPT));
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += "echo this is line " + std::to_string(i) + " of a long paste >> many\r";
    person.type("cat > note\rhello\ryou\r\x04" + many + "wc note many\r");
    CHECK(person.hears(std::string("cat > note") + ENTERED + "hello\r\nyou\r\n\r/ $ "));
    CHECK(person.hears("/ $ echo this is line 99 of a long paste >> many"));
    CHECK(person.hears("      2       2      10 note\r\n    100     800"));
}

TEST_CASE("shell: names are listed and stay on the screen, and halt ends the machine") {
    if (!has_monolithic())
        return;
    Conversation person(RUN);
    INFO(person.heard());
    CHECK(person.hears(PROMPT));
    person.type("cat /\t");
    CHECK(person.hears("README  "));
    CHECK(person.hears("tour.sh\r\n\r/ $ cat /"));
    person.type("t\t\r");
    CHECK(person.hears("cat /tour.sh"));
    CHECK(person.hears("# A tour"));
    CHECK(person.hears(PROMPT));
    person.type("halt\r");
    CHECK(person.status() == 0);
}

TEST_CASE("shell: what a command wrote is kept, though the machine is ended at the next prompt") {
    if (!has_monolithic())
        return;
    std::string folder =
        (std::filesystem::temp_directory_path() / "faultline-kept-XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    const std::string disk = folder + "/disk.img";
    {
        Conversation person("monolithic --disk '" + disk + "'");
        INFO(person.heard());
        CHECK(person.hears(PROMPT));
        person.type("mkdir kept; echo a line > kept/note\r");
        CHECK(person.hears(ENTERED));
        CHECK(person.hears(PROMPT));
    }
    const Answer answer =
        faultline("run monolithic --disk '" + disk + "' cat /kept/note"); // no halt in between
    std::filesystem::remove_all(folder);
    CAPTURE(answer.output);
    CHECK(answer.output.find("\na line\n") != std::string::npos);
}

TEST_CASE("shell: a scenario of short memory says that memory is not short there") {
    if (!has_monolithic())
        return;
    const Answer answer = faultline(std::string("run ") + RUN + " sh -- -c 'policy; swap'");
    CAPTURE(answer.output);
    for (const std::string words :
         {"\npolicy: 0 faults in 640 accesses", "\npolicy: nothing was evicted: ",
          "\nswap: every page came back", "\nswap: nothing was evicted: "})
        CHECK(answer.output.find(words) != std::string::npos);
    const Answer by_itself = faultline("run monolithic policy --drop-writes");
    CHECK(by_itself.output.find("nothing was evicted") == std::string::npos);
}

TEST_CASE("shell: who calls a command wrongly is told how to, and nothing is done") {
    if (!has_monolithic())
        return;
    const std::string lines = "mkdir -p x; echo status $?; head -5 README; cp -r bin x; jobs x;"
                              "cd /; free x; ls x; /README; echo status $?; echo shell $$";
    const Answer answer = faultline(std::string("run ") + RUN + " sh -- -c '" + lines + "'");
    CAPTURE(answer.output);
    for (const std::string words : {"usage: mkdir NAME", "\nstatus 2", "usage: head", "usage: cp",
                                    "usage: jobs", "usage: free", "ls: x: not found",
                                    "/README: not a program", "\nstatus 116", "\nshell 1\n"})
        CHECK(answer.output.find(words) != std::string::npos);
}
