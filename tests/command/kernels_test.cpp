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
    CHECK(says(bare, built().compiler < "GCC 14" ? "no return statement" : "took no page fault"));
    write_file(source, "#include \"user/lib/os.hpp\"\n"
                       "int main() { int unused; *reinterpret_cast<char*>(os::sbrk(4096)) = 1; "
                       "return 0; }\n");
    const auto warned = call({{"compare", source.string()}, {}});
    CHECK(warned.ended.status == 0);
    CHECK(says(warned, "unused variable"));
}

TEST_CASE("run tells a program that is not on the disk from one that is") {
    for (const auto& kernel : built().kernels) {
        if (!kernel.has("files"))
            continue;
        CAPTURE(kernel.name);
        const auto wrong = call({{"run", kernel.name, "--drop-writes", "grpe"}, {}});
        CHECK(wrong.ended.status == 2);
        CHECK(says(wrong, "no program on the disk is called grpe"));
        CHECK(says(wrong, "Did you mean grep?"));
        const auto dash = call({{"run", kernel.name, "--drop-writes", "ls", "-l"}, {}});
        CHECK(dash.ended.status == 2);
        CHECK(says(dash, "ls -- -l"));
        const auto right =
            call({{"run", kernel.name, "--drop-writes", "ls", "--", "-l", "/bin/ls"}, {}});
        CHECK(right.ended.status == 0);
        CHECK(says(right, " /bin/ls"));
    }
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
    for (const char* station : {"receive", "serve", "answer"})
        CHECK(says(result, station));
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
