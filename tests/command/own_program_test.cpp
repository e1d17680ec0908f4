// Programs of the reader's own on every kernel: run and debug take them as compare does.
// SPDX-License-Identifier: MIT
//
// How compare shows them is in kernels_test.cpp, where debug stops them in debug_test.cpp.
#include "debugger.hpp"
#include "manifest.hpp"
#include "scratch.hpp"
#include "symbols.hpp"
#include "text.hpp"
#include "tree.hpp"

#include "abi/address_map.h"

#include <doctest/doctest.h>
#include <regex>

using namespace faultline;

namespace {

Manifest built() { return load_manifest(Tree::here().guest("release")); }

// Prints its arguments, each in brackets, and ends with how many there are.
std::filesystem::path arguments_program(const Scratch& scratch) {
    auto file = scratch.path() / "mine.cpp";
    write_file(file, "#include \"user/lib/os.hpp\"\n"
                     "int main(os::Arguments arguments) {\n"
                     "    os::write(\"mine:\");\n"
                     "    for (const auto argument : arguments) {\n"
                     "        os::write(\" [\");\n"
                     "        os::write(argument);\n"
                     "        os::write(\"]\");\n"
                     "    }\n"
                     "    os::write(\"\\n\");\n"
                     "    return static_cast<int>(arguments.size());\n"
                     "}\n");
    return file;
}

} // namespace

TEST_CASE("run runs a program of one's own on every kernel, and ends as it does") {
    const Scratch scratch;
    const auto file = arguments_program(scratch);
    for (const auto& kernel : built().kernels) {
        CAPTURE(kernel.name);
        const bool has_arguments = kernel.has("processes");
        const auto result = call({{"run", kernel.name, file.string()}, {}});
        CAPTURE(result.output);
        CHECK(says(result, "mine:"));
        CHECK(says(result, "[mine]") == has_arguments);
        CHECK(result.ended.status == (has_arguments ? 1 : 0));
    }
}

TEST_CASE("a program of one's own gets its arguments, or the loss is told") {
    const Scratch scratch;
    const auto file = arguments_program(scratch);
    for (const auto& kernel : built().kernels) {
        CAPTURE(kernel.name);
        for (const char* command : {"run", "debug"}) {
            CAPTURE(command);
            std::vector<std::string> words = {command, kernel.name, file.string(), "a b"};
            if (std::string(command) == "debug")
                words.insert(words.end(), {"--gdb-command", "continue"});
            words.insert(words.end(), {"--", "-c"});
            const auto result = call({words, {}});
            CAPTURE(result.output);
            CHECK(says(result, kernel.has("processes") ? "mine: [mine] [a b] [-c]"
                                                       : "hands no arguments to a program: a b"));
        }
    }
}

TEST_CASE("the compiler's words are shown by run and debug, too") {
    const Scratch scratch;
    const auto file = scratch.path() / "mine.cpp";
    write_file(file, "int main() { return nothing; }\n");
    for (const char* command : {"run", "debug"}) {
        CAPTURE(command);
        const auto wrong = call({{command, built().kernel_names().front(), file.string()}, {}});
        CHECK(wrong.ended.status == 1);
        CHECK(says(wrong, "does not compile"));
        CHECK(says(wrong, "mine.cpp:1:"));
        const auto none =
            call({{command, built().kernel_names().front(), "/nowhere/mine.cpp"}, {}});
        CHECK(none.ended.status == 2);
        CHECK(says(none, "there is no file /nowhere/mine.cpp"));
    }
}

TEST_CASE("a program of one's own keeps what it writes where a disk is named") {
    const auto manifest = built();
    const Scratch scratch;
    const auto file = scratch.path() / "mine.cpp";
    write_file(file, "#include \"user/lib/os.hpp\"\n"
                     "int main() {\n"
                     "    const auto made = os::mkdir(\"/made\");\n"
                     "    os::write(made < 0 ? \"there already\\n\" : \"made\\n\");\n"
                     "    return 0;\n"
                     "}\n");
    for (const auto& kernel : manifest.kernels) {
        if (!kernel.has("files"))
            continue;
        const auto disk = scratch.path() / (kernel.name + ".img");
        const auto run = [&](std::vector<std::string> more) {
            std::vector<std::string> words = {"run", kernel.name, file.string()};
            words.insert(words.end(), more.begin(), more.end());
            return call({words, {}});
        };
        CHECK(says(run({"--disk", disk.string()}), "made\n"));
        CHECK(says(run({"--disk", disk.string()}), "there already\n"));
        CHECK(says(run({"--disk", disk.string(), "--drop-writes"}), "there already\n"));
        CHECK(says(run({}), "made\n"));
        CHECK(says(run({}), "made\n")); // on a copy that was thrown away
    }
}

TEST_CASE("the printed QEMU line of a program of one's own works when pasted") {
    const Scratch scratch;
    const auto file = arguments_program(scratch);
    const auto kernel = built().kernel_names().front();
    const auto line = call({{"run", kernel, file.string(), "--print-command"}, {}});
    REQUIRE(line.ended.status == 0);
    CHECK(says(capture({"sh", "-c", line.output}, std::chrono::seconds(60)), "mine:"));
}

TEST_CASE("the slots that docs/programs.md calls free are free") {
    const auto page = read_file(Tree::here().top / "docs" / "programs.md");
    std::smatch row;
    REQUIRE(std::regex_search(page, row, std::regex("\\| (\\d+) to (\\d+) \\| none: free")));
    const auto first = std::stoul(row[1]);
    const auto last = std::stoul(row[2]);
    CHECK(first < last);
    for (const auto& program : built().programs) {
        CAPTURE(program.name);
        const auto slot = (load_symbols(program.file).range.low - PROGRAM_SLOTS) / SLOT_SIZE;
        CHECK((slot < first || slot > last));
    }
}
