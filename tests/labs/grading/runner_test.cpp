// The judge's machine, in each sandbox: exit code, instruction limit, memory, RAM disk, watched
// fault. SPDX-License-Identifier: MIT
//
// Kernels and programs are those of this build.
#include "runner.hpp"
#include "sandboxes.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <cstring>
#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace lab;

namespace {

struct Place {
    faultline::Scratch scratch{};
    Place() { chmod(scratch.path().c_str(), 0711); }
};

const faultline::Manifest& manifest() {
    static const auto read = faultline::load_manifest(faultline::Tree::here().guest("release"));
    return read;
}

} // namespace

TEST_CASE("a program under a whole kernel: its exit code and the fault that the probe saw") {
    auto sandboxes = working_sandboxes();
    sandboxes.push_back(make_sandbox(SandboxKind::none));
    for (const auto& sandbox : sandboxes) {
        CAPTURE(to_words(sandbox->kind()));
        const Place place;
        Runner runner(*sandbox, place.scratch.path());
        const auto end = runner.run(program_run(manifest(), "monolithic", "zero-fill"));
        CAPTURE(to_words(end));
        CHECK(end.ended_with(0));
        REQUIRE(end.fault);
        CHECK(end.fault->completed);
        CHECK(end.fault->stages.front().stage == "receive");
        CHECK(std::filesystem::file_size(end.ram) == 128 << 20);
        runner.forget(end);
        CHECK_FALSE(std::filesystem::exists(end.folder));
    }
}

TEST_CASE("the limit is one of guest instructions, the same on every run") {
    for (const auto& sandbox : working_sandboxes()) {
        const Place place;
        Runner runner(*sandbox, place.scratch.path());
        auto run = program_run(manifest(), "monolithic", "spin");
        run.limit = 3'000'000;
        const auto first = runner.run(run);
        const auto second = runner.run(run);
        CHECK(first.how == GuestEnding::limit);
        CHECK(first.instructions == second.instructions);
        CHECK(to_words(first).find("had not ended") != std::string::npos);
    }
}

TEST_CASE("the machine's memory can be read when it has ended, its RAM disk too") {
    const auto sandbox = make_sandbox(SandboxKind::none);
    const Place place;
    const auto disk = place.scratch.path() / "disk";
    std::string content(4096, '\0');
    content.replace(0, 16, "find me in there");
    faultline::write_file(disk, content);
    Runner runner(*sandbox, place.scratch.path());
    GuestRun run{.kernel = faultline::Tree::here().guest("release") / "hal-test.elf",
                 .ram_disk = disk};
    const auto end = runner.run(run);
    CHECK(end.how == GuestEnding::by_itself);
    CHECK(end.instructions > 0);
    bool found = false;
    const auto memory = read_ram(end.ram, RAM_BASE, 128 << 20);
    for (std::size_t at = 0; at + content.size() <= memory.size() && !found; at += 4096)
        found = std::memcmp(memory.data() + at, content.data(), content.size()) == 0;
    CHECK(found);
    CHECK_THROWS_AS(read_ram(end.ram, RAM_BASE + (128 << 20) - 8, 16), faultline::Failure);
    CHECK_THROWS_AS(read_ram(end.ram, RAM_BASE - 8, 8), faultline::Failure);
    CHECK_THROWS_AS(read_ram(end.ram, RAM_BASE, ~std::uint64_t{0}), faultline::Failure);
}

TEST_CASE("what cannot start is a failure, not an answer") {
    const auto sandbox = make_sandbox(SandboxKind::none);
    const Place place;
    Runner runner(*sandbox, place.scratch.path());
    GuestRun run{.kernel = faultline::Tree::here().guest("release") / "hal-test.elf",
                 .disk = place.scratch.path() / "no-such-disk"};
    CHECK_THROWS_AS(runner.run(run), faultline::Failure);
}
