// The script at the top of the tree, on machines that are not this one.
// SPDX-License-Identifier: MIT
//
// A copy of the script stands in a scratch folder with a packages.txt of its own; scripts that go
// by the names of dpkg-query, apt-get, sudo and so on play the machine.
#include "scratch.hpp"
#include "text.hpp"
#include "tool.hpp"

#include <doctest/doctest.h>

using namespace faultline;

namespace {

struct Machine {
    Scratch scratch;
    std::filesystem::path top = scratch.path() / "tree";
    std::filesystem::path bin = scratch.path() / "bin";
    std::filesystem::path calls = scratch.path() / "calls";

    Machine() {
        const std::filesystem::path source = FAULTLINE_TOP;
        std::filesystem::create_directories(top / "tools/faultline");
        std::filesystem::create_directory(bin);
        std::filesystem::copy(source / "faultline", top / "faultline");
        std::filesystem::copy(source / "tools/faultline/help.txt", top / "tools/faultline");
        write_file(top / "packages.txt", "# list\nthere # is installed\nnew | old # the machine\n");
        write_file(calls, "");
        // What the script needs of a real machine.
        for (const char* name :
             {"bash", "sh", "env", "sed", "grep", "cut", "tr", "xargs", "cat", "tee", "dirname",
              "readlink", "mkdir", "flock", "tail", "paste", "nproc", "wc"})
            std::filesystem::create_symlink(find_command(name).value(), bin / name);
        fake("id", "echo 0");
    }

    void fake(const std::string& name, const std::string& body) {
        script(bin, name, "echo " + name + " \"$@\" >> " + calls.string() + "\n" + body);
    }

    void make_debian() {
        fake("dpkg-query", "echo 'there installed'");
        fake("apt-cache",
             "case $2 in old) echo '  Candidate: 1.2';; *) echo '  Candidate: (none)';; esac");
        fake("apt-get", "");
    }

    // A build that makes a tool which prints its arguments.
    void make_build_work() {
        const auto tool = top / "build/default/tools/faultline";
        fake("cmake", "mkdir -p " + tool.string() +
                          "; printf '#!/bin/sh\\necho tool \"$@\"\\n' > " +
                          (tool / "faultline").string() + "; /bin/chmod +x " +
                          (tool / "faultline").string());
    }

    Captured call(std::vector<std::string> arguments) const {
        std::vector<std::string> line = {"env", "-i", "PATH=" + bin.string(),
                                         (top / "faultline").string()};
        line.insert(line.end(), arguments.begin(), arguments.end());
        return capture(line, std::chrono::seconds(60));
    }

    bool called(const std::string& words) const {
        return read_file(calls).find(words) != std::string::npos;
    }
};

} // namespace

TEST_CASE("what is missing is named, installed, built, and handed over to") {
    Machine machine;
    machine.make_debian();
    machine.make_build_work();
    const auto result = machine.call({"compare", "--json", "-"});
    CAPTURE(result.output);
    CHECK(result.ended.status == 0);
    CHECK(says(result, "new or old"));
    CHECK(says(result, "the machine"));
    CHECK_FALSE(says(result, "is installed\n"));
    CHECK(machine.called("install -y --no-install-recommends old")); // this release has no `new`
    CHECK_FALSE(machine.called("sudo"));
    CHECK(machine.called("cmake --preset default"));
    CHECK(machine.called("cmake --build --preset default"));
    CHECK(machine.called(" lab-marker ")); // the handout tells of no other build
    CHECK(says(result, "tool compare --json -\n"));
}

TEST_CASE("who is not root needs sudo") {
    Machine machine;
    machine.make_debian();
    machine.make_build_work();
    machine.fake("id", "echo 1000");
    const auto refused = machine.call({"compare"});
    CHECK(refused.ended.status == 3);
    CHECK(says(refused, "there is no sudo"));
    CHECK(says(refused, "apt-get install old"));
    CHECK_FALSE(machine.called("apt-get install"));
    machine.fake("sudo", "exec \"$@\"");
    CHECK(machine.call({"compare"}).ended.status == 0);
    CHECK(machine.called("sudo env DEBIAN_FRONTEND=noninteractive apt-get"));
}

TEST_CASE("elsewhere than on Debian the packages are named") {
    Machine machine;
    machine.make_build_work();
    const auto result = machine.call({"compare"});
    CHECK(result.ended.status == 3);
    CHECK(says(result, "neither Debian nor Ubuntu"));
    CHECK(says(result, "new or old"));
    CHECK(says(result, "FAULTLINE_NO_INSTALL=1"));
    CHECK_FALSE(machine.called("cmake"));
}

TEST_CASE("a refused installation ends with 3") {
    Machine machine;
    machine.make_debian();
    machine.fake("apt-get", "echo 'E: no network' >&2; exit 100");
    const auto result = machine.call({"compare"});
    CHECK(result.ended.status == 3);
    CHECK(says(result, "E: no network"));
    CHECK(says(result, "apt-get could not install: old"));
}

TEST_CASE("a build that fails shows the compiler's words") {
    Machine machine;
    machine.make_debian();
    machine.fake("dpkg-query", "printf 'there installed\\nold installed\\n'");
    machine.fake("cmake", "echo '[1/2] Building a.o'; echo 'a.cpp:1: error: no'; exit 1");
    const auto result = machine.call({"compare"});
    CHECK(result.ended.status == 1);
    CHECK(says(result, "a.cpp:1: error: no"));
    CHECK_FALSE(says(result, "[1/2]"));
    CHECK(says(result, "the build failed"));
    CHECK(says(result, "build/build.log"));
}

TEST_CASE("a build folder that cannot be written is said") {
    Machine machine;
    machine.make_debian();
    machine.make_build_work();
    std::filesystem::create_directories(machine.top / "build/lock"); // refuses root, too
    const auto result = machine.call({"compare"});
    CAPTURE(result.output);
    CHECK(result.ended.status == 1);
    CHECK(says(result, "cannot write to " + (machine.top / "build").string()));
    CHECK_FALSE(machine.called("cmake"));
}

TEST_CASE("help, a wrong command and doctor build nothing") {
    Machine machine;
    machine.make_debian();
    CHECK(machine.call({"--help"}).ended.status == 0);
    CHECK(machine.call({"compare", "--help"}).ended.status == 0);
    const auto wrong = machine.call({"comapre"});
    CHECK(wrong.ended.status == 2);
    CHECK(says(wrong, "there is no command comapre"));
    const auto doctor = machine.call({"doctor"});
    CHECK(doctor.ended.status == 3);
    CHECK(says(doctor, "new or old"));
    CHECK_FALSE(machine.called("apt-get"));
    CHECK_FALSE(machine.called("cmake"));
}
