// What spin-cc makes, and what it says when it makes nothing.
// SPDX-License-Identifier: MIT
#include "scratch.hpp"
#include "text.hpp"

#include "../machine/command.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;

namespace {

const std::string BUILT = BUILD "/guest-release";

const std::string GOOD = "#include \"kernels/spin/interface/extension.hpp\"\n"
                         "extern \"C\" Result<void> extension_start(spin::FrameQuota, "
                         "const spin::Program&) {\n"
                         "    console_write(\"here\\n\");\n"
                         "    return {};\n"
                         "}\n";

// In a folder of its own: extension.cpp is TEXT.
struct Made {
    faultline::Scratch scratch;
    Answer answer;

    explicit Made(const std::string& text, const std::string& options = "") {
        faultline::write_file(scratch.path() / "extension.cpp", text);
        answer = shell(SPIN_CC " -p " + BUILT + " " + options + " -o " + file(".o") + " " +
                       file(".cpp"));
    }
    std::string file(const std::string& suffix) const {
        return (scratch.path() / ("extension" + suffix)).string();
    }
    void expect_refusal(int status, const std::string& words) const {
        CAPTURE(answer.output);
        CHECK(answer.status == status);
        CHECK(answer.output.find(words) != std::string::npos);
        CHECK(!fs::exists(file(".o")));
    }
};

} // namespace

TEST_CASE("a safe extension becomes an object, and nothing else is left") {
    const Made made(GOOD);
    CAPTURE(made.answer.output);
    CHECK(made.answer.status == 0);
    CHECK(made.answer.output.empty());
    const std::string object = faultline::read_file(made.file(".o"));
    CHECK(object.substr(object.size() - 16, 8) == "spin-cc1");
    CHECK(shell("riscv64-linux-gnu-nm " + made.file(".o")).output.find("U console_write.") !=
          std::string::npos);
    for (const auto& entry : fs::directory_iterator(made.scratch.path())) {
        const std::string name = entry.path().filename();
        CHECK_MESSAGE((name == "extension.cpp" || name == "extension.o" || name == "extension.o.d"),
                      name);
    }
}

TEST_CASE("the same source becomes the same object") {
    const Made first(GOOD);
    const std::string before = faultline::read_file(first.file(".o"));
    shell(SPIN_CC " -p " + BUILT + " -o " + first.file(".o") + " " + first.file(".cpp"));
    CHECK(faultline::read_file(first.file(".o")) == before);
}

TEST_CASE("what is not safe is refused with rule and line") {
    Made(GOOD + "int* pointer = nullptr;\n").expect_refusal(1, "extension.cpp:6:6: pointer:");
}

TEST_CASE("what GCC warns of, and a large stack frame, are refused") {
    Made(GOOD + "static void nobody() {}\n").expect_refusal(1, "defined but not used");
    const std::string frame = "#include <array>\n#include <cstdint>\nnamespace {\n"
                              "std::uint64_t sum(std::uint64_t start) {\n"
                              "    std::array<std::uint64_t, 400> numbers{};\n"
                              "    for (std::uint64_t& number : numbers)\n"
                              "        number = start++ * start;\n"
                              "    return numbers[start % 400];\n"
                              "}\n} // namespace\n";
    const std::string calls = "#include \"kernels/spin/interface/extension.hpp\"\n" + frame +
                              "extern \"C\" Result<void> extension_start(spin::FrameQuota, "
                              "const spin::Program& program) {\n"
                              "    if (sum(program.heap_start.raw()) == 1)\n"
                              "        return std::unexpected(Error::invalid);\n"
                              "    return {};\n}\n";
    Made(calls).expect_refusal(1, "larger than 2048 bytes");
}

TEST_CASE("an object is not signed without a word, nor with a start of another type") {
    const Made made(GOOD);
    const Answer object = shell(SPIN_CC " -p " + BUILT + " -o x.o " + made.file(".o"));
    CHECK(object.status == 2);
    CHECK(object.output.find("checked by nobody") != std::string::npos);
    Made("#include \"kernels/spin/interface/console.hpp\"\n").expect_refusal(3, "does not compile");
    Made("int number() { return 1; }\n").expect_refusal(1, "extension_start");
}

TEST_CASE("wrong usage is 2, what is missing 3") {
    CHECK(shell(SPIN_CC).status == 2);
    CHECK(shell(SPIN_CC " --help").status == 0);
    CHECK(shell(SPIN_CC " --no-such").status == 2);
    CHECK(shell(SPIN_CC " -p " + BUILT + " -o x.o no-such.cpp").status == 3);
}
