// What programs of one's own, little memory and full disks do to the command, on the real kernels.
// SPDX-License-Identifier: MIT
//
// Whatever a guest, a compiler or the host does, the report is short, harmless and true.
#include "manifest.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tool.hpp"
#include "tree.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace faultline;

static Manifest built() { return load_manifest(Tree::here().guest("release")); }

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
    bool have_it = true;
    for (const auto& kernel : names) {
        CAPTURE(kernel);
        const bool has_it = built().kernel(kernel).has("processes");
        have_it = have_it && has_it;
        CHECK(says(result, "Not yet on " + kernel + ": fork. ") == !has_it);
    }
    CHECK(says(result, "all of them") == have_it);
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
    if (!std::filesystem::exists(jump))
        return;
    for (const auto& kernel : built().kernels) {
        if (!kernel.has("files")) // it gets the whole disk in memory, which asks for more
            continue;
        CAPTURE(kernel.name);
        const auto run = [&](const std::string& memory) {
            return call({{"run", kernel.name, "hello", "--drop-writes", "--firmware", jump,
                          "--memory", memory},
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
