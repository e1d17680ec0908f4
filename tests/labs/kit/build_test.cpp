// A kit, in which folders of the tree are missing, is a project of its own: it can be configured,
// and at full length it is built and booted by the two commands that its README names.
// SPDX-License-Identifier: MIT
#include "../../unity/sample.hpp"

#include "cut.hpp"
#include "start.hpp"

#include "process.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>

namespace fs = std::filesystem;

namespace {

const fs::path TOP = faultline::Tree::here().top;
constexpr std::chrono::minutes PATIENCE{50};

std::vector<lab::Description> labs() {
    std::vector<lab::Description> all;
    for (const fs::path& folder : lab::lab_folders(TOP))
        all.push_back(lab::read_description(folder));
    return all;
}

faultline::Captured call(const fs::path& kit, std::vector<std::string> words) {
    words.insert(words.begin(), {"env", "FAULTLINE_NO_INSTALL=1", (kit / "faultline").string()});
    return faultline::capture(words, PATIENCE);
}

// As CMake writes lists.
std::string as_list(const std::vector<std::string>& words) {
    std::string list;
    for (const std::string& word : words)
        list += (list.empty() ? "" : ";") + word;
    return list;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

} // namespace

TEST_CASE("a kit can be configured, host and guest") {
    for (const lab::Description& lab : labs()) {
        CAPTURE(lab.name);
        const faultline::Scratch scratch;
        const fs::path kit = scratch.path() / "kit";
        lab::cut_tree(lab, TOP, kit, lab::Cut::starter);
        const auto host = faultline::capture(
            {"cmake", "-S", kit.string(), "-B", (scratch.path() / "host").string(), "-G", "Ninja"},
            PATIENCE);
        CAPTURE(host.output);
        CHECK(host.ended.status == 0);
        CHECK(!has(host.output, "Warning"));
        const auto guest = faultline::capture(
            {"cmake", "-S", (kit / "guest").string(), "-B", (scratch.path() / "guest").string(),
             "-G", "Ninja", "-DCMAKE_TOOLCHAIN_FILE=" + (kit / "cmake" / "riscv64.cmake").string(),
             "-DFAULTLINE_KERNELS=" + as_list(lab.kernels)},
            PATIENCE);
        CAPTURE(guest.output);
        CHECK(guest.ended.status == 0);
        CHECK(!has(guest.output, "Warning"));
    }
}

TEST_CASE("every kit builds and boots by its two commands") {
    if (!sample::at_full_length())
        return; // minutes each
    for (const lab::Description& lab : labs()) {
        CAPTURE(lab.name);
        const faultline::Scratch scratch;
        const fs::path kit = scratch.path() / "kit";
        REQUIRE(lab::start({.lab = lab.name, .out = kit.string(), .student = "s1"}) ==
                faultline::Exit::done);
        const auto run = call(kit, {"run", lab.kernels.front(), "hello"});
        CAPTURE(run.output);
        // A starter's kernel boots, or says which task it waits for.
        CHECK((has(run.output, "Hello from a program") || has(run.output, "task 1)")));
        const auto check = call(kit, {"lab", "check"});
        CAPTURE(check.output);
        CHECK(check.ended.status == 1);
        CHECK(check.output.ends_with("points 0 of " + std::to_string(lab.points()) + "\n"));
        const auto list = call(kit, {"lab", "list"});
        CHECK(has(list.output, lab.name.substr(3)));
        CHECK(call(kit, {"lab", "start", lab.name, "--out", "/nowhere"}).ended.status == 2);
    }
}
