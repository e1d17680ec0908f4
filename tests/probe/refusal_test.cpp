// What the probe does when something is wrong: bad configuration, a limit reached, a full disk.
// SPDX-License-Identifier: MIT
//
// In the first case QEMU must not start; in the others it must end by itself, with a code of its
// own.
#include "machine.hpp"

#include <doctest/doctest.h>

namespace {

Run run_with(const std::string& text) {
    const Folder folder;
    return run("load", text, folder);
}

void check_refused(const Run& run, const char* message) {
    CHECK(run.exit_code == 1);
    CHECK(run.output.empty());
    CHECK(run.text.empty());
    CHECK_MESSAGE(run.errors.find(message) != std::string::npos, run.errors);
}

} // namespace

TEST_CASE("a configuration that is wrong keeps QEMU from starting") {
    check_refused(run_with("image 0x0 0x1000 kernel\nimagine 1\n"),
                  "probe.conf:2: unknown record 'imagine'");
    check_refused(run_with("image 0x0 0x10q0 kernel\n"), "probe.conf:1: bad number '0x10q0'");
    check_refused(run_with("out x\n"), "probe.conf: no watch record");
    check_refused(run_with(std::string(watch_first)), "probe.conf: no out record");
}

TEST_CASE("the limit ends a program that does not") {
    const Folder folder;
    const auto out = folder.path() / "result.json";
    const auto text = configuration("endless", watch_pc("endless"), out) + "limit 20000000\n";
    const auto result = run("endless", text, folder);
    CHECK(result.exit_code == 124);
    CHECK(result.result.value("end", "") == "limit");
    CHECK(result.result.at("machine")["instructions"] == 20000000);
    CHECK(result.result.at("fault").is_null());
}

TEST_CASE("a result that cannot be written is said") {
    SUBCASE("the disk is full") {
        const Folder folder;
        const auto out = folder.path() / "result.json";
        const auto text = configuration("load", watch_pc("load"), out);
        const auto result = run("load", text, folder, Disk::full);
        CHECK(result.exit_code == 125);
        CHECK(result.text.empty());
        CHECK_MESSAGE(result.errors.find("the result is lost: cannot write") != std::string::npos,
                      result.errors);
        // Nothing half written is left behind.
        for (const auto& file : std::filesystem::directory_iterator(folder.path()))
            CHECK(file.path().filename().string().find("result") == std::string::npos);
    }
    SUBCASE("the folder is missing") {
        const Folder folder;
        const auto out = folder.path() / "missing" / "result.json";
        const auto result = run("load", configuration("load", watch_pc("load"), out), folder);
        CHECK(result.exit_code == 125);
        CHECK(result.errors.find("cannot create") != std::string::npos);
    }
}
