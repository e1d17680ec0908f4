// The shell as a person meets it: at the console of a kernel that has one.
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
#include <fstream>
#include <unistd.h>

namespace {

const std::vector<std::string> UNIX{"processes", "files"};
const std::string RUN = " --drop-writes";
constexpr const char* PROMPT = "/ $ ";
// A disk of the test's own: the build's, with files and directories of the host's choice.
class OwnDisk {
public:
    OwnDisk() {
        REQUIRE(mkdtemp(folder_.data()) != nullptr);
        std::filesystem::copy_file(BUILD "/guest-release/disk.img", path());
    }
    ~OwnDisk() { std::filesystem::remove_all(folder_); }
    OwnDisk(const OwnDisk&) = delete;
    OwnDisk& operator=(const OwnDisk&) = delete;

    void mkfs(const std::string& arguments) const {
        const Answer done = shell("'" MKFS "' '" + path() + "' " + arguments);
        REQUIRE_MESSAGE(done.status == 0, done.output);
    }
    void add(const std::string& name, const std::string& contents) const {
        std::ofstream(folder_ + "/file", std::ios::binary) << contents;
        mkfs("--into --add '" + name + "=" + folder_ + "/file'");
    }
    // What the machine answers when it carries out FILE of this disk with `sh`.
    Answer run(const std::string& kernel, const std::string& file) const {
        Answer answer = call_faultline("run " + kernel + " --disk '" + path() + "' sh -- " + file);
        std::erase(answer.output, '\r');
        return answer;
    }

private:
    std::string path() const { return folder_ + "/disk.img"; }
    std::string folder_ =
        (std::filesystem::temp_directory_path() / "faultline-disk-XXXXXX").string();
};

std::size_t count_of(const std::string& words, const std::string& text) {
    std::size_t count = 0;
    for (std::size_t at = text.find(words); at != text.npos; at = text.find(words, at + 1))
        ++count;
    return count;
}

constexpr const char* ENTERED = "\x1b[K\r\n"; // what the editor shows behind a finished line

} // namespace

TEST_CASE("shell: a pipeline ends when all of it has ended, with its last command's status") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        Conversation person(kernel + RUN);
        INFO(person.heard());
        CHECK(person.hears(PROMPT));
        person.type("sleep 0.5 | sh -c 'exit 5'; echo status $?\r");
        CHECK(person.hears("\nstatus 5"));
        person.type("sleep 1000 &\r");
        CHECK(person.hears(PROMPT));
        person.type("sleep 0.5 | true; echo status $?\r"); // not a matter of the background's
        CHECK(person.hears("\nstatus 0"));
    }
}

TEST_CASE("shell: Ctrl-C ends a line and a wait, and nothing in the background") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        Conversation person(kernel + RUN);
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
}

TEST_CASE("shell: what runs in the background takes no keys away") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        Conversation person(kernel + RUN);
        INFO(person.heard());
        CHECK(person.hears(PROMPT));
        person.type("cat &\r");
        CHECK(person.hears(PROMPT));
        person.type("wait; echo all keys came\r");
        CHECK(person.hears("\nall keys came"));
    }
}

TEST_CASE("shell: of what is pasted each reader gets its own lines, and all are shown once") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        Conversation person(kernel + RUN);
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
}

TEST_CASE("shell: names are listed and stay on the screen, and halt ends the machine") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        Conversation person(kernel + RUN);
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
}

TEST_CASE("shell: what a command wrote is kept, though the machine is ended at the next prompt") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        std::string folder =
            (std::filesystem::temp_directory_path() / "faultline-kept-XXXXXX").string();
        REQUIRE(mkdtemp(folder.data()) != nullptr);
        const std::string disk = folder + "/disk.img";
        {
            Conversation person(kernel + " --disk '" + disk + "'");
            INFO(person.heard());
            CHECK(person.hears(PROMPT));
            person.type("mkdir kept; echo a line > kept/note\r");
            CHECK(person.hears(ENTERED));
            CHECK(person.hears(PROMPT));
        }
        const Answer answer = call_faultline("run " + kernel + " --disk '" + disk +
                                             "' cat /kept/note"); // no halt in between
        std::filesystem::remove_all(folder);
        CAPTURE(answer.output);
        CHECK(answer.output == "a line\n"); // and nothing of the firmware's before it
    }
}

TEST_CASE("shell: a scenario of short memory says that memory is not short there") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        const Answer answer = call_faultline("run " + kernel + RUN + " sh -- -c 'policy; swap'");
        CAPTURE(answer.output);
        for (const std::string words :
             {"policy: 0 faults in 640 accesses", "\npolicy: nothing was evicted: ",
              "\nswap: every page came back", "\nswap: nothing was evicted: "})
            CHECK(answer.output.find(words) != std::string::npos);
        const Answer by_itself = call_faultline("run " + kernel + " policy --drop-writes");
        CHECK(by_itself.output.find("nothing was evicted") == std::string::npos);
    }
}

TEST_CASE("shell: who calls a command wrongly is told how to, and nothing is done") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        const std::string lines = "mkdir -p x; echo status $?; head -5 README; cp -r bin x; jobs x;"
                                  "cd /; free x; ls x; /README; echo status $?; echo shell $$";
        const Answer answer = call_faultline("run " + kernel + RUN + " sh -- -c '" + lines + "'");
        CAPTURE(answer.output);
        for (const std::string words :
             {"usage: mkdir NAME", "\nstatus 2", "usage: head", "usage: cp", "usage: jobs",
              "usage: free", "ls: x: not found", "/README: not a program", "\nstatus 116",
              "\nshell 1\n"})
            CHECK(answer.output.find(words) != std::string::npos);
    }
}

TEST_CASE("shell: a line that is too long is refused once, and nothing of it is carried out") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        const OwnDisk disk;
        const std::string never = " echo NEVER RUNS";
        disk.add("/script", "echo before\n#" + std::string(4096, 'x') + never + "\n" + "true ||" +
                                std::string(4096 - 7, ' ') + never + "\necho status $?\n" +
                                "true ||" + std::string(4096 - 7 - never.size(), ' ') + never +
                                "\necho after; )\n" + std::string(20000, ' ') + never);
        const Answer answer = disk.run(kernel, "/script");
        CAPTURE(answer.output);
        const std::string refusal = ": longer than 4096 bytes: nothing of it was carried out\n";
        for (const std::string line : {"2", "3", "7"})
            CHECK(count_of("/script: line " + line + refusal, answer.output) == 1);
        CHECK(count_of(refusal, answer.output) == 3);
        CHECK(answer.output.find("before\n") != std::string::npos);
        CHECK(answer.output.find("status 2\n") != std::string::npos);
        CHECK(answer.output.find("/script: line 6: ") !=
              std::string::npos); // the lines are counted
        CHECK(answer.output.find("NEVER") == std::string::npos);

        Conversation person(kernel + RUN);
        CHECK(person.hears(PROMPT));
        person.type("true ||" + std::string(520, ' ') + never + "\r");
        CHECK(person.hears("\r\nsh: longer than 512 bytes: nothing of it was carried out\r\n"));
        CHECK(person.hears(PROMPT));
        person.type("echo status $?\r");
        CHECK(person.hears("\nstatus 2\r\n"));
        CHECK(person.heard().find("\nNEVER") == std::string::npos);
    }
}

TEST_CASE("tools: a line is one line to every tool, however long it is") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        const OwnDisk disk;
        // The word stands where a piece of 4,096 bytes would be cut, and the lines' ends tell them
        // apart.
        const std::string text = std::string(4090, 'a') + "needle" + std::string(4096, 'a') +
                                 "1\n" + std::string(4096, 'b') + "\n" + std::string(50000, 'c') +
                                 "3\n" + "needle\n";
        disk.add("/text", text);
        disk.add("/huge", "small\n" + std::string(7 << 20, 'h'));
        disk.add("/script",
                 "grep -c needle /text; grep -n 'needle$' /text; grep -c '^a*needlea*1$' /text\n"
                 "grep -v needle /text | wc; wc /text; cat /text | head -n 1 | wc; head -n 3 /text "
                 "| wc\n"
                 "tail -n 2 /text | wc; sort /text | wc; sort -r /text | head -n 1; sort /text | "
                 "tail -n 1\n"
                 "echo grep; grep -c small /huge; echo status $?\n"
                 "echo sort; sort /huge; echo status $?; head -n 2 /huge | wc; wc /huge\n"
                 "cp /text /big; cat /huge | tail -n 1; echo end\n");
        const Answer answer = disk.run(kernel, "/script");
        CAPTURE(answer.output);
        const std::string expected = "2\n4:needle\n1\n"
                                     "      2       2   54099 \n"
                                     "      4       4   62300 /text\n"
                                     "      1       1    8194 \n"
                                     "      3       3   62293 \n"
                                     "      2       2   50009 \n"
                                     "      4       4   62300 \n"
                                     "needle\nneedle\n"
                                     "grep\ngrep: /huge: line 2: no memory\n1\nstatus 2\n"
                                     "sort\nsort: /huge: no memory\nstatus 1\n"
                                     "      2       2 7340039 \n"
                                     "      1       2 7340038 /huge\n"
                                     "tail: input: no memory\nend\n";
        CHECK(answer.output.find(expected) != std::string::npos);
    }
}

TEST_CASE("tools: rm -r and pwd know trees that are deeper than a path may be long") {
    for (const std::string& kernel : kernels_with(UNIX)) {
        CAPTURE(kernel);
        const OwnDisk disk;
        std::string deep;
        for (int i = 0; i < 700; ++i)
            deep += "/z";
        disk.add("/t" + deep + "/f", "x");
        disk.add("/t/z/g", "x");
        disk.mkfs("--into --directory /t" + deep + "/d/e --directory /t/other/one");
        std::string down = "cd /t\n";
        for (int i = 0; i < 7; ++i)
            down += "cd ." + deep.substr(0, 200) + "\n";
        disk.add("/script", down + "pwd; cat f; echo; touch h; ls | cat; cd /; rm t; rm -r t . /; "
                                   "echo status $?; ls -l t; mkdir t; ls / | grep '^t$'\n");
        const Answer answer = disk.run(kernel, "/script");
        CAPTURE(answer.output);
        for (const std::string& words :
             {"/t" + deep + "\nx\nd\nf\nh\n", std::string("rm: t: is a directory\n"),
              std::string("rm: .: invalid argument\nrm: /: not permitted\nstatus 1\n"),
              std::string("ls: t: not found\nt\n")})
            CHECK_MESSAGE(answer.output.find(words) != std::string::npos, words);
        disk.mkfs("--check");
    }
}
