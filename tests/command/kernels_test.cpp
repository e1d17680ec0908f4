// The command on the real kernels of this build.
// SPDX-License-Identifier: MIT
//
// What each structure promises is tested elsewhere (tests/machine); here it is that the command
// tells it.
#include "manifest.hpp"
#include "own_program.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tool.hpp"
#include "tree.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace faultline;

static Manifest built() { return load_manifest(Tree::here().guest("release")); }

TEST_CASE("two comparisons at a time give the same bytes") {
    const Scratch scratch;
    std::vector<Process> both;
    for (const char* name : {"a", "b"})
        both.emplace_back(Launch{.command = tool_line({{"compare", "--json", "-"}, {}}),
                                 .input = "/dev/null",
                                 .output = scratch.path() / name,
                                 .errors = "/dev/null"});
    for (auto& process : both)
        CHECK(wait_for(process).status == 0);
    const auto json = read_file(scratch.path() / "a");
    CHECK(json == read_file(scratch.path() / "b"));
    for (const auto& kernel : built().kernel_names())
        CHECK(json.find("\"kernel\": \"" + kernel + "\"") != std::string::npos);
}

TEST_CASE("compare says what is the same and prints plain text to a pipe") {
    const auto result = call({{"compare"}, {"TERM=xterm"}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 0);
    CHECK(says(result, "program zero-fill, pc 0x1"));
    CHECK(says(result, "cause 15")); // a line may end after it
    CHECK(says(result, "(store page fault)"));
    CHECK(says(result, "address-space switches"));
    CHECK_FALSE(says(result, "\033"));
}

TEST_CASE("a program of one's own is compiled and compared") {
    const Scratch scratch;
    const auto source = scratch.path() / "hello.cpp"; // a name that the tree has, too
    write_file(source, "#include \"user/lib/os.hpp\"\n"
                       "int main() { *reinterpret_cast<char*>(os::sbrk(4096)) = 1; return 7; }\n");
    const auto result = call({{"compare", source.string()}, {}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 0);
    CHECK(says(result, "hello-own on "));
    CHECK(says(result, "hello-own ended with exit status 7"));
    write_file(source, "int main() { return nothing; }\n");
    const auto wrong = call({{"compare", source.string()}, {}});
    CHECK(wrong.ended.status == 1);
    CHECK(says(wrong, "does not compile"));
    CHECK(says(wrong, "hello.cpp:1:"));
    // Would run on into what stands behind it.
    write_file(source, "int number() {}\nint main() { return number(); }\n");
    CHECK(says(call({{"compare", source.string()}, {}}), "no return statement"));
    // Likewise, up to version 13 of GCC; from then on such a main returns 0.
    write_file(source, "int main() {}\n");
    const auto bare = call({{"compare", source.string()}, {}});
    CHECK(says(bare, built().compiler < "GCC 14" ? "no return statement"
                                                 : "hello-own ended with exit status 0"));
    write_file(source, "#include \"user/lib/os.hpp\"\n"
                       "int main() { int unused; *reinterpret_cast<char*>(os::sbrk(4096)) = 1; "
                       "return 0; }\n");
    const auto warned = call({{"compare", source.string()}, {}});
    CHECK(warned.ended.status == 0);
    CHECK(says(warned, "unused variable"));
}

TEST_CASE("run tells a program that is not on the disk from one that is") {
    const auto names = built().kernel_names();
    if (std::ranges::find(names, "monolithic") == names.end())
        return;
    const auto wrong = call({{"run", "monolithic", "--drop-writes", "grpe"}, {}});
    CHECK(wrong.ended.status == 2);
    CHECK(says(wrong, "no program on the disk is called grpe"));
    CHECK(says(wrong, "Did you mean grep?"));
    const auto dash = call({{"run", "monolithic", "--drop-writes", "ls", "-l"}, {}});
    CHECK(dash.ended.status == 2);
    CHECK(says(dash, "ls -- -l"));
    const auto right =
        call({{"run", "monolithic", "--drop-writes", "ls", "--", "-l", "/bin/ls"}, {}});
    CHECK(right.ended.status == 0);
    CHECK(says(right, " /bin/ls"));
}

TEST_CASE("a program of one's own that cannot show its fault is told why") {
    const Scratch scratch;
    const auto source = scratch.path() / "mine.cpp";
    write_file(source, "#include \"user/lib/os.hpp\"\n"
                       "struct Clock { std::uint64_t start = os::uptime(); } clock;\n"
                       "int main() { return clock.start == 0; }\n");
    const auto global = call({{"compare", source.string()}, {}});
    CHECK(global.ended.status == 1);
    CHECK(says(global, "nobody calls constructors of global objects"));
    write_file(source, "#include \"user/lib/os.hpp\"\n"
                       "asm(\".text; .global scenario_fault; scenario_fault: ret\");\n"
                       "int main() { *reinterpret_cast<char*>(os::sbrk(4096)) = 1; return 0; }\n");
    const auto elsewhere = call({{"compare", source.string()}, {}});
    CHECK(elsewhere.ended.status == 1);
    CHECK(says(elsewhere, "mine took no page fault"));
}

TEST_CASE("a call is compared by domain, from the call to the instruction behind it") {
    const Scratch scratch;
    const auto source = scratch.path() / "mine.cpp";
    write_file(source, R"(#include "user/lib/os.hpp"
asm(".text; .global watched; watched: addi sp, sp, -16; sd ra, 8(sp);"
    ".global scenario_fault; scenario_fault: call os_uptime;"
    "ld ra, 8(sp); addi sp, sp, 16; ret");
extern "C" std::int64_t watched();
int main() { return watched() < 0; }
)");
    const auto result = call({{"compare", source.string()}, {}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 0);
    CHECK(says(result, "This is no page fault"));
    CHECK(says(result, "in kernel"));
    CHECK(says(result, "in program"));
    CHECK_FALSE(says(result, "receive"));
}

TEST_CASE("an illegal instruction that nobody handles ends the program, the same everywhere") {
    const Scratch scratch;
    const auto source = scratch.path() / "mine.cpp";
    write_file(source, "asm(\".text; .global illegal; illegal:\"\n"
                       "    \".global scenario_fault; scenario_fault: unimp\");\n"
                       "extern \"C\" void illegal();\n"
                       "int main() { illegal(); return 0; }\n");
    const auto result = call({{"compare", source.string()}, {}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 0);
    CHECK(says(result, "cause 2 (illegal instruction), never"));
}

TEST_CASE("run prints what the program prints and ends as it does") {
    for (const auto& kernel : built().kernel_names()) {
        CAPTURE(kernel);
        const auto result = call({{"run", kernel, "hello"}, {}});
        CHECK(result.ended.status == 0);
        CHECK(says(result, "Hello"));
    }
}

TEST_CASE("the printed QEMU line works when pasted") {
    const auto kernel = built().kernel_names().front();
    const auto line = call({{"run", kernel, "--print-command", "--drop-writes", "hello"}, {}});
    REQUIRE(line.ended.status == 0);
    const auto result = capture({"sh", "-c", line.output}, std::chrono::seconds(60));
    CHECK(result.ended.status == 0);
    CHECK(says(result, "Hello"));
}

TEST_CASE("the printed QEMU and GDB lines work together") {
    const auto kernel = built().kernel_names().front();
    const auto printed = call({{"debug", kernel, "--print-command"}, {}});
    const auto lines = lines_of(printed.output);
    REQUIRE(lines.size() == 4);
    const Scratch scratch;
    Process qemu({.command = {"sh", "-c", "exec " + lines[1]},
                  .input = "/dev/null",
                  .output = scratch.path() / "console",
                  .errors = scratch.path() / "console",
                  .group = Group::own});
    wait_for_event(std::chrono::milliseconds(500));
    const auto gdb =
        capture({"sh", "-c", lines[3] + " -batch -ex 'info symbol $pc' -ex kill </dev/null"},
                std::chrono::seconds(60));
    CAPTURE(gdb.output);
    CHECK(says(gdb, "in section .text of"));
    CHECK(says(gdb, "bin/zero-fill"));
}

TEST_CASE("debug stops at the faulting instruction and steps into the kernel") {
    for (const auto& kernel : built().kernel_names()) {
        CAPTURE(kernel);
        const auto result = call({{"debug", kernel, "--gdb-command", "stepi", "--gdb-command",
                                   "info symbol $pc", "--gdb-command", "print $priv"},
                                  {}});
        CAPTURE(result.output);
        CHECK(result.ended.status == 0);
        CHECK(says(result, "Stopped at its label scenario_fault:"));
        CHECK_FALSE(says(result, "OpenSBI"));
        CHECK(says(result, "trap_vector"));
        CHECK(says(result, "= 1")); // supervisor mode
    }
}

TEST_CASE("debug stops at the first instruction of a program that names no fault") {
    for (const auto& kernel : built().kernel_names()) {
        CAPTURE(kernel);
        const auto result = call({{"debug", kernel, "hello", "--gdb-command", "stepi"}, {}});
        CAPTURE(result.output);
        CHECK(result.ended.status == 0);
        CHECK(says(result, "Stopped at its first instruction:"));
        CHECK(says(result, "Next: stepi"));
        CHECK_FALSE(says(result, "Cannot access memory"));
    }
}

TEST_CASE("debug finds its way when folders have blanks in their names") {
    const Scratch scratch;
    const auto guest = scratch.path() / "the \"guest's\" folder";
    const auto tmp = scratch.path() / "tmp folder";
    std::filesystem::create_symlink(built().folder, guest);
    std::filesystem::create_directory(tmp);
    const auto result = call({{"debug", built().kernel_names().front(), "--guest", guest.string(),
                               "--gdb-command", "stepi", "--gdb-command", "info symbol $pc"},
                              {"TMPDIR=" + tmp.string()}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 0);
    CHECK(says(result, "trap_vector"));
}

TEST_CASE("a corrupted program is the kernel's to refuse, and its words are shown") {
    const Scratch scratch;
    std::filesystem::copy(built().folder / "manifest.json", scratch.path());
    for (const auto& entry : std::filesystem::directory_iterator(built().folder))
        if (!std::filesystem::exists(scratch.path() / entry.path().filename()))
            std::filesystem::create_symlink(entry.path(), scratch.path() / entry.path().filename());
    std::filesystem::remove(scratch.path() / "disk.img");
    std::string disk = read_file(built().disk);
    const auto at = disk.find(read_file(built().folder / "staged/bin/hello").substr(0, 4096));
    REQUIRE(at != disk.npos);
    disk[at + 1] = 'X'; // of the ELF header
    write_file(scratch.path() / "disk.img", disk);
    for (const auto& kernel : built().kernel_names()) {
        CAPTURE(kernel);
        const auto result = call(
            {{"run", kernel, "hello", "--drop-writes", "--guest", scratch.path().string()}, {}});
        CAPTURE(result.output);
        CHECK(result.ended.status == 1);
        CHECK(says(result, "program 'hello'")); // the kernel's own words
        CHECK(says(result, "the kernel could not load hello"));
    }
}

TEST_CASE("what a program of one's own asks for and a kernel lacks is said beside that kernel") {
    const auto names = built().kernel_names();
    const Scratch scratch;
    const auto source = scratch.path() / "mine.cc"; // C++, too
    write_file(source, R"(#include "user/lib/os.hpp"
int main() {
    *reinterpret_cast<volatile char*>(os::sbrk(4096)) = 1;
    const auto child = os::fork();
    os::write(child < 0 ? "no fork\n" : "fork\n");
    if (child > 0)
        os::wait();
    return child < 0 ? 1 : 0;
}
)");
    const auto result = call({{"compare", source.string()}, {}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 0);
    CHECK_FALSE(says(result, "all of them"));
    for (const auto& kernel : names) {
        CAPTURE(kernel);
        const bool has_it = built().kernel(kernel).has("processes");
        CHECK(says(result, "Not yet on " + kernel + ": fork. ") == !has_it);
    }
}

TEST_CASE("a program that asks for nothing that is missing is the same on all of them") {
    for (const char* scenario : {"hello", "zero-fill"}) {
        const auto result = call({{"compare", scenario, "--json", "-"}, {}});
        CHECK_FALSE(says(result, "refused"));
    }
}

TEST_CASE("no report hands a guest's control characters to the terminal") {
    const Scratch scratch;
    const auto source = scratch.path() / "mine.cpp";
    write_file(source, "#include \"user/lib/os.hpp\"\n"
                       "int main() {\n"
                       "    os::write(\"\\x1b]0;owned\\x07\\x1b[2J\\x1b[31mhello\\x1b[8m\\n\");\n"
                       "    os::write(\"\\x9b\" \"5m\\r fake\\b\\b\\n\");\n"
                       "    return 3;\n}\n"); // no page fault: compare fails and shows the console
    const auto result = call({{"compare", source.string()}, {}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 1);
    CHECK(says(result, "\\x1b[31mhello\\x1b[8m"));
    CHECK(says(result, "\\x9b5m\\r fake\\x08\\x08"));
    for (const char byte : result.output)
        CHECK((byte == '\n' || static_cast<unsigned char>(byte) >= 0x20));
    write_file(source, "#error \x1b[31mred\n");
    const auto refused = call({{"compare", source.string()}, {}});
    CHECK(says(refused, "\\x1b[31mred"));
    CHECK_FALSE(says(refused, "\x1b"));
}

TEST_CASE("a program that prints for ever is shown in few words") {
    const Scratch scratch;
    const auto source = scratch.path() / "mine.cpp";
    write_file(source, "#include \"user/lib/os.hpp\"\n"
                       "int main() {\n"
                       "    *reinterpret_cast<volatile char*>(os::sbrk(4096)) = 1;\n"
                       "    static std::array<char, 4096> b; b.fill('x');\n"
                       "    for (;;) os::write(std::string_view(b.data(), b.size()));\n}\n");
    const auto result = call({{"compare", source.string(), "--limit", "20000000"}, {}});
    CAPTURE(result.output);
    CHECK(result.ended.status == 1);
    CHECK(says(result, "the instruction limit was reached"));
    CHECK(says(result, " bytes ...] "));
    CHECK(result.output.size() < 8000);
}

TEST_CASE("a source that includes itself twice ends soon, with few messages") {
    const Scratch scratch;
    const auto source = scratch.path() / "bomb.cpp";
    write_file(source, "#include \"bomb.cpp\"\n#include \"bomb.cpp\"\nint main() { return 0; }\n");
    const auto result = call({{"compare", source.string()}, {}});
    CHECK(result.ended.status == 1);
    CHECK(says(result, "nested"));
    CHECK(says(result, " bytes more are not shown]"));
    CHECK(result.output.size() < 12'000);
}

TEST_CASE("the advised memory is enough, and one MiB less is refused") {
    for (const auto& kernel : built().kernel_names()) {
        if (built().kernel(kernel).has("files"))
            continue;
        CAPTURE(kernel);
        const auto run = [&](const std::string& memory) {
            return call({{"run", kernel, "hello", "--memory", memory}, {}});
        };
        for (const char* first : {"16", "98"}) {
            const auto refused = run(first);
            CAPTURE(refused.output);
            CHECK(refused.ended.status == 2);
            const auto at = refused.output.find("--memory ");
            REQUIRE(at != refused.output.npos);
            const int advised = std::stoi(refused.output.substr(at + 9));
            CHECK(run(std::to_string(advised)).ended.status == 0);
            CHECK(run(std::to_string(advised - 1)).ended.status == 2);
        }
    }
}

TEST_CASE("a firmware that moves the device tree needs the memory for it") {
    const std::string jump = "/usr/lib/riscv64-linux-gnu/opensbi/generic/fw_jump.bin";
    const auto names = built().kernel_names();
    if (!std::filesystem::exists(jump) || std::ranges::find(names, "monolithic") == names.end())
        return;
    const auto run = [&](const std::string& memory) {
        return call({{"run", "monolithic", "hello", "--drop-writes", "--firmware", jump, "--memory",
                      memory},
                     {}});
    };
    const auto refused = run("34");
    CAPTURE(refused.output);
    CHECK(refused.ended.status == 2);
    CHECK(says(refused, "puts the device tree at 0x82200000"));
    CHECK(says(refused, "--memory 35"));
    const auto enough = run("35");
    CAPTURE(enough.output);
    CHECK(enough.ended.status == 0);
}

TEST_CASE("a full TMPDIR is told as that, whatever was being written when it was full") {
    const Scratch scratch;
    const auto source = scratch.path() / "mine.cpp";
    write_file(source, "#include \"user/lib/os.hpp\"\n"
                       "int main() { *reinterpret_cast<char*>(os::sbrk(4096)) = 1; return 0; }\n");
    const auto tmp = scratch.path() / "tmp";
    std::filesystem::create_directory(tmp);
    const auto on_small_disk = [&](const std::string& size, const std::string& command) {
        return capture({"unshare", "-m", "sh", "-c",
                        "mount -t tmpfs -o size=" + size + " none " + shell_quoted(tmp.string()) +
                            " && " + command},
                       std::chrono::seconds(120));
    };
    if (on_small_disk("64k", "true").ended.status != 0) {
        MESSAGE("no disk can be made small here: not tried");
        return;
    }
    for (const std::string size : {"4k", "100k", "300k", "1m", "3m", "20m"})
        for (const std::string& scenario : {std::string("zero-fill"), source.string()}) {
            const Call asked{{"compare", scenario}, {"TMPDIR=" + tmp.string()}};
            const auto result = on_small_disk(size, shell_line(tool_line(asked)));
            CAPTURE(size);
            CAPTURE(scenario);
            CAPTURE(result.output);
            const bool told =
                says(result, "No space left on device") || says(result, "no space is left in");
            CHECK((result.ended.status == 0 || told));
            CHECK_FALSE(says(result, "disagree"));
            CHECK_FALSE(says(result, "defect"));
            CHECK_FALSE(says(result, "cross-device"));
        }
    // A disk of another kind than the build's own is no reason by itself.
    const Call asked{{"compare", source.string()}, {"TMPDIR=" + tmp.string()}};
    CHECK(on_small_disk("200m", shell_line(tool_line(asked))).ended.status == 0);
}
