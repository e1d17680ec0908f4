// The script that tries the tree on another Debian: what it says, and what it leaves behind.
// SPDX-License-Identifier: MIT
//
// A folder with a shell in it plays a Debian that was made before, so nothing is fetched. What
// needs root is tried only where the tests are run by root, and namespaces can be made.
#include "scratch.hpp"
#include "text.hpp"
#include "tool.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace faultline;

namespace {

constexpr int SKIPPED = 77;
constexpr std::chrono::seconds PATIENCE(60);

Captured shell(const std::string& line) { return capture({"sh", "-c", line + " 2>&1"}, PATIENCE); }

// A tree of the script and a few files, and a place for a Debian.
struct World {
    Scratch scratch;
    fs::path tree = scratch.path() / "tree";
    fs::path debian = scratch.path() / "debian";
    fs::path bin = scratch.path() / "bin";

    World() {
        fs::create_directories(tree / "tools/chroot");
        fs::create_directory(bin);
        fs::copy(fs::path(FAULTLINE_TOP) / "tools/chroot/debian.sh", tree / "tools/chroot");
        write_file(tree / "committed", "before\n");
        write_file(tree / ".gitignore", "/build/\n");
        REQUIRE(shell("cd " + tree.string() +
                      " && git init -q && git add -A && git -c user.name=t -c user.email=t@t "
                      "commit -q -m first")
                    .ended.status == 0);
    }

    // With programs of `bin` in the place of those of the machine.
    std::string line(const std::string& arguments) const {
        return "PATH=" + bin.string() + ":$PATH " + (tree / "tools/chroot/debian.sh").string() +
               " " + arguments;
    }
    std::string in_debian(const std::string& command) const {
        return line("--dir " + debian.string() + " stable " + command);
    }

    // What the script takes for a Debian that it made: a shell, and the marks of its end.
    void make_debian() const {
        const auto made = shell("mkdir -p " + debian.string() + " && cd " + debian.string() +
                                " && mkdir -p bin usr/bin etc proc sys dev root && "
                                "for name in sh env sleep cat touch; do "
                                "file=$(readlink -f $(command -v $name)); "
                                "cp $file usr/bin/$name; cp $file bin/$name; "
                                "for library in $(ldd $file | grep -o '/[^ ]*'); do "
                                "mkdir -p .$(dirname $library); cp -L $library .$library; done; "
                                "done; echo 99 > etc/debian_version; "
                                "touch .faultline-debian .faultline-debian-made");
        REQUIRE(made.ended.status == 0);
    }
};

// May this process mount? Says so where it may not.
bool may_mount() {
    const bool may = geteuid() == 0 && shell("unshare --mount --pid --fork true").ended.status == 0;
    if (!may)
        MESSAGE("not tried: making mounts needs root and namespaces");
    return may;
}

std::string last_line(const Captured& result) {
    const auto lines = lines_of(result.output);
    return lines.empty() ? "" : lines.back();
}

bool is_mounted_below(const fs::path& folder) {
    return read_file("/proc/mounts").find(folder.string()) != std::string::npos;
}

} // namespace

TEST_CASE("another Debian: without root it is skipped, in words") {
    const World world;
    const std::string nobody =
        geteuid() == 0 ? "chmod -R a+rX " + world.scratch.path().string() +
                             "; setpriv --reuid 65534 --regid 65534 --clear-groups sh -c '" +
                             world.line("stable true") + "'"
                       : world.line("stable true");
    const auto result = shell(nobody);
    CHECK(result.ended.status == SKIPPED);
    CHECK(last_line(result) == "debian.sh: skipped: making another Debian needs root");
}

TEST_CASE("another Debian: what is missing on the machine is said in words") {
    if (!may_mount())
        return;
    const World world;
    SUBCASE("no mirror") {
        script(world.bin, "debootstrap", "exit 9");
        script(world.bin, "apt-get", "");
        const auto result = shell(world.in_debian("true"));
        CHECK(result.ended.status == SKIPPED);
        CHECK(last_line(result).find("apt has no Debian mirror") != std::string::npos);
    }
    SUBCASE("a mirror that does not answer, by the name that apt has for it") {
        script(world.bin, "debootstrap", "exit 9");
        script(world.bin, "apt-config", "");
        script(world.bin, "apt-get",
               "echo Debian Debian-Security http://127.0.0.1:9/security; "
               "echo Debian Debian http://127.0.0.1:9/debian");
        const auto result = shell(world.in_debian("true"));
        CHECK(result.ended.status == SKIPPED);
        CHECK(last_line(result).find("http://127.0.0.1:9/debian does not answer") !=
              std::string::npos);
    }
    SUBCASE("no namespaces") {
        script(world.bin, "unshare", "exit 1");
        const auto result = shell(world.in_debian("true"));
        CHECK(result.ended.status == SKIPPED);
        CHECK(last_line(result).find("namespaces") != std::string::npos);
    }
    SUBCASE("a folder that holds something else is not touched") {
        fs::create_directories(world.debian);
        write_file(world.debian / "mine", "");
        const auto result = shell(world.in_debian("true"));
        CHECK(result.ended.status == 1);
        CHECK(last_line(result).find("holds something else") != std::string::npos);
        CHECK(fs::exists(world.debian / "mine"));
    }
}

TEST_CASE("another Debian: the tree as it is comes along, and the exit code comes back") {
    if (!may_mount())
        return;
    const World world;
    world.make_debian();
    write_file(world.tree / "committed", "after\n");
    write_file(world.tree / "new", "new\n");
    fs::create_directory(world.tree / "build");
    write_file(world.tree / "build/ignored", "");
    const auto result =
        shell(world.in_debian("sh -c 'cat committed new; echo done > build; sleep 0; exit 7'"));
    CHECK(result.ended.status == 7);
    CHECK_MESSAGE(result.output.ends_with("after\nnew\n"), result.output);
    CHECK_FALSE(fs::exists(world.debian / "root/tree/build/ignored"));
    CHECK_FALSE(is_mounted_below(world.debian));
    // The next time: what was built stays, what was removed is gone.
    fs::remove(world.tree / "new");
    const auto again = shell(world.in_debian("sh -c 'cat build; cat new'"));
    CHECK(again.ended.status == 1);
    CHECK(again.output.find("\ndone\n") != std::string::npos);
    CHECK(again.output.find("No such file") != std::string::npos);
}

TEST_CASE("another Debian: nothing runs on and nothing stays mounted, however the script ends") {
    if (!may_mount())
        return;
    for (const int signal : {SIGINT, SIGTERM, SIGKILL}) {
        const World world;
        world.make_debian();
        const fs::path root = world.debian / "root/tree";
        // Writes as long as it runs.
        const pid_t script_id = fork();
        if (script_id == 0) {
            setpgid(0, 0);
            sigset_t none; // main blocks signals, to take them one at a time
            sigemptyset(&none);
            sigprocmask(SIG_SETMASK, &none, nullptr);
            const std::string line =
                "exec " + (world.tree / "tools/chroot/debian.sh").string() + " --dir " +
                world.debian.string() +
                " stable sh -c 'echo > started; while sleep 0.1; do touch alive; done' 2>/dev/null";
            execlp("sh", "sh", "-c", line.c_str(), nullptr);
            _exit(127);
        }
        REQUIRE(appears_soon(root / "started"));
        kill(script_id, signal);
        REQUIRE(ends_soon(script_id));
        sleep(1);
        fs::remove(root / "alive");
        sleep(1);
        CHECK_FALSE(fs::exists(root / "alive"));
        CHECK_FALSE(is_mounted_below(world.debian));
    }
}
