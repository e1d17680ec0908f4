// Each kind of sandbox: what a job can do in it, and what it cannot.
// SPDX-License-Identifier: MIT
//
// The job is mostly lab-intruder or a shell script.
#include "sandboxes.hpp"
#include "scratch.hpp"
#include "text.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace lab;
using std::chrono::milliseconds;

namespace {

struct Place {
    faultline::Scratch scratch{};
    std::filesystem::path folder = scratch.path() / "job";

    Place() {
        chmod(scratch.path().c_str(), 0711);
        std::filesystem::create_directory(folder);
    }
    Job job(const std::string& script) const {
        return {.command = {"/bin/sh", "-c", script}, .folder = folder};
    }
};

// Another grader of this machine has the user, for a job of its own (user_ids.cpp).
bool is_elsewhere(const std::string& user) {
    const int lock = open(("/run/faultline-users/" + user).c_str(), O_RDWR | O_CLOEXEC);
    const bool is_held = lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0;
    close(lock);
    return is_held;
}

// Nothing of the users that jobs of ours get runs any more. Says what does.
std::string left_running() {
    std::string left;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
        std::ifstream status(entry.path() / "status");
        const std::string text{std::istreambuf_iterator<char>(status), {}};
        const auto line = text.find("Uid:\t60");
        if (line == text.npos)
            continue;
        const std::string user = text.substr(line + 5, 5);
        if (user >= "60600" && user <= "60899" && !is_elsewhere(user))
            left += text.substr(0, line) + "\n";
    }
    return left;
}

} // namespace

TEST_CASE("a sandbox is used only when its trial says that it holds") {
    bool any = false;
    for (const auto& sandbox : working_sandboxes()) {
        CAPTURE(to_words(sandbox->kind()));
        CAPTURE(faultline::join(sandbox->enforced().words()));
        CHECK(sandbox->enforced().holds());
        any = true;
    }
    if (any)
        CHECK(find_sandbox()->enforced().holds());
    else
        CHECK_THROWS_AS(find_sandbox(), faultline::Failure);
}

TEST_CASE("without a sandbox the trial sees what is not held") {
    auto none = make_sandbox(SandboxKind::none);
    none->try_it();
    CHECK_FALSE(none->enforced().holds());
    CHECK_FALSE(none->enforced().network);
    CHECK_FALSE(none->enforced().given);
    CHECK(none->enforced().time);
    CHECK(none->enforced().output);
}

TEST_CASE("a job reads what it is given, writes into its folder, and its words come back") {
    for (const auto& sandbox : working_sandboxes()) {
        CAPTURE(to_words(sandbox->kind()));
        const Place place;
        const auto given = place.scratch.path() / "given";
        faultline::write_file(given, "a word\n");
        Job job = place.job("cat " + given.string() + "; echo made > result; exit 3");
        job.reads = {given};
        const auto end = sandbox->run(job);
        CHECK(end.how == JobEnding::by_itself);
        CHECK(end.ended.status == 3);
        CHECK(end.output == "a word\n");
        CHECK(faultline::read_file(place.folder / "result") == "made\n");
        CHECK(left_running() == "");
    }
}

TEST_CASE("a job finds nothing of ours: no environment, no names, no files") {
    setenv("FAULTLINE_TEST_TOKEN", "token-of-the-judge", 1);
    for (const auto& sandbox : working_sandboxes()) {
        CAPTURE(to_words(sandbox->kind()));
        const Place place;
        faultline::write_file(place.scratch.path() / "expected", "hidden");
        const auto end = sandbox->run(place.job(
            "env; cat /proc/*/environ; cat ../expected; ls ..; cat /etc/passwd; cat /etc/shadow; "
            "echo more > ../expected; echo more > ../job.output; ln -s ../expected link"));
        CHECK(end.output.find("token-of-the-judge") == std::string::npos);
        CHECK(end.output.find("hidden") == std::string::npos);
        CHECK(end.output.find("root:") == std::string::npos);
        CHECK(faultline::read_file(place.scratch.path() / "expected") == "hidden");
    }
}

TEST_CASE("a job cannot end its judge, nor another job") {
    for (const auto& sandbox : working_sandboxes()) {
        CAPTURE(to_words(sandbox->kind()));
        const Place place;
        const auto other = place.scratch.path() / "other";
        std::filesystem::create_directory(other);
        Job quiet{.command = {"/bin/sh", "-c", "sleep 0.5; echo lived"}, .folder = other};
        // kill -9 -1 ends all that it may, the killer too.
        Job killer = place.job("kill -9 $PPID; kill -9 " + std::to_string(getpid()) +
                               "; kill -9 -1; sleep 0.1; kill -9 -1; echo tried");
        const auto ends = sandbox->run({killer, quiet}, 2);
        CHECK(ends[1].output == "lived\n");
        CHECK(left_running() == "");
    }
}

TEST_CASE("a fork bomb stays small and is gone with its job") {
    for (const auto& sandbox : working_sandboxes()) {
        CAPTURE(to_words(sandbox->kind()));
        const Place place;
        Job bomb = place.job("f() { f | f & }; f; f; sleep 60");
        bomb.limits.wall = milliseconds(700);
        bomb.limits.file = 1 << 20;
        const auto end = sandbox->run(bomb);
        CHECK(end.how != JobEnding::by_itself);
        if (getuid() == 0)
            CHECK(left_running() == "");
    }
}

TEST_CASE("a job ends for its time, its work, its disk, its output") {
    for (const auto& sandbox : working_sandboxes()) {
        CAPTURE(to_words(sandbox->kind()));
        const Place place;
        Job sleeps = place.job("sleep 60");
        sleeps.limits.wall = milliseconds(200);
        CHECK(sandbox->run(sleeps).how == JobEnding::wall);
        Job works = place.job("exec " LAB_INTRUDER " work");
        works.reads = {LAB_INTRUDER};
        works.limits.processor = std::chrono::seconds(1);
        CHECK(sandbox->run(works).how == JobEnding::processor);
        Job fills = place.job("i=0; while :; do i=$((i+1)); head -c 100000 /dev/zero > f$i; done");
        fills.limits.disk = 4 << 20;
        CHECK(sandbox->run(fills).how == JobEnding::disk);
        Job prints = place.job("exec " LAB_INTRUDER " print");
        prints.reads = {LAB_INTRUDER};
        prints.limits.file = 1 << 20;
        const auto printed = sandbox->run(prints);
        CHECK(printed.how == JobEnding::file);
        CHECK(printed.output.size() <= 1 << 20);
    }
}

TEST_CASE("nothing of a job is left in folders where everybody may write") {
    for (const auto& sandbox : working_sandboxes()) {
        CAPTURE(to_words(sandbox->kind()));
        const Place place;
        const auto name = place.scratch.path().filename().string();
        sandbox->run(place.job("for d in /tmp /var/tmp /dev/shm; do echo x > $d/left-" + name +
                               "; done; mkfifo fifo; ln -s /etc/passwd link; mkdir -m 0 locked"));
        for (const std::string folder : {"/tmp", "/var/tmp", "/dev/shm"})
            CHECK_FALSE(std::filesystem::exists(folder + "/left-" + name));
    }
}
