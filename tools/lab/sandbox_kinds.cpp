// The three kinds of sandbox, as command lines.
// SPDX-License-Identifier: MIT
//
// Each ends in lab-confine, which sets the limits and becomes the job.
#include "failure.hpp"
#include "sandbox.hpp"
#include "text.hpp"

#include <array>
#include <unistd.h>

namespace lab {

using faultline::Exit;
using faultline::Failure;
using Words = std::vector<std::string>;

namespace {

// Where programs and their libraries are; a link where / and /usr are one.
constexpr std::array SYSTEM = {"/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32"};
// What programs of Debian and Ubuntu look up besides.
constexpr std::array LOOKED_UP = {"/etc/alternatives", "/etc/ld.so.cache"};

void append(Words& words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
}

Words limits_of(const JobLimits& limits) {
    return {"--memory",    std::to_string(limits.memory),
            "--file",      std::to_string(limits.file),
            "--processor", std::to_string(limits.processor.count()),
            "--processes", std::to_string(limits.processes)};
}

Words as_user(std::optional<unsigned> user) {
    return user ? Words{LAB_CONFINE, "--user", std::to_string(*user), "--"} : Words{};
}

// Nothing of ours but what compilers need.
Words environment_of(const Job& job) {
    return {"/usr/bin/env",
            "-i",
            "PATH=/usr/bin:/bin",
            "LC_ALL=C.UTF-8",
            "HOME=" + job.folder.string(),
            "TMPDIR=" + job.folder.string()};
}

class Bubblewrap : public Sandbox {
public:
    SandboxKind kind() const override { return SandboxKind::bubblewrap; }

protected:
    Words wrapped(const Job& job, std::optional<unsigned> user) const override {
        Words words = environment_of(job); // bubblewrap's own can be read inside, in /proc
        append(words, as_user(user));
        append(words, {"bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop",
                       "ALL", "--proc", "/proc", "--dev", "/dev"});
        for (const char* folder : SYSTEM)
            append(words, shown_as_is(folder));
        for (const char* path : LOOKED_UP)
            append(words, {"--ro-bind-try", path, path});
        append(words, {"--ro-bind", LAB_CONFINE, LAB_CONFINE});
        for (const auto& path : job.reads)
            append(words, {"--ro-bind", path, path});
        append(words, {"--bind", job.folder, job.folder});
        // bubblewrap's own root and /dev are in memory, and would take any number of files.
        append(words, {"--remount-ro", "/dev", "--remount-ro", "/"});
        append(words, {"--chdir", job.directory.empty() ? job.folder : job.directory, "--"});
        append(words, environment_of(job));
        append(words, {LAB_CONFINE, "--filter"});
        append(words, limits_of(job.limits));
        words.emplace_back("--");
        append(words, job.command);
        return words;
    }

private:
    static Words shown_as_is(const std::filesystem::path& folder) {
        std::error_code none;
        if (std::filesystem::is_symlink(folder, none))
            return {"--symlink", std::filesystem::read_symlink(folder, none), folder};
        return {"--ro-bind-try", folder, folder};
    }
};

class OwnUser : public Sandbox {
public:
    SandboxKind kind() const override { return SandboxKind::user; }

protected:
    Words wrapped(const Job& job, std::optional<unsigned> user) const override {
        Words words = environment_of(job);
        append(words, {LAB_CONFINE, "--filter", "--user", std::to_string(user.value())});
        append(words, limits_of(job.limits));
        for (const char* path : SYSTEM)
            append(words, {"--read", path});
        for (const char* path : LOOKED_UP)
            append(words, {"--read", path});
        append(words, {"--read", "/proc/self"});
        for (const auto& path : job.reads)
            append(words, {"--read", path});
        append(words, {"--write", job.folder, "--"});
        append(words, job.command);
        return words;
    }
};

class NoSandbox : public Sandbox {
public:
    SandboxKind kind() const override { return SandboxKind::none; }

protected:
    Words wrapped(const Job& job, std::optional<unsigned>) const override {
        Words words = environment_of(job);
        words.emplace_back(LAB_CONFINE);
        append(words, limits_of(job.limits));
        words.emplace_back("--");
        append(words, job.command);
        return words;
    }
};

} // namespace

const char* to_words(SandboxKind kind) {
    switch (kind) {
    case SandboxKind::bubblewrap:
        return "bubblewrap";
    case SandboxKind::user:
        return "a user id of its own";
    case SandboxKind::none:
        return "none";
    }
    return "";
}

std::unique_ptr<Sandbox> make_sandbox(SandboxKind kind) {
    switch (kind) {
    case SandboxKind::bubblewrap:
        if (!faultline::find_command("bwrap"))
            throw Failure(Exit::missing, "bubblewrap is not on this machine",
                          "Install the package bubblewrap.");
        return std::make_unique<Bubblewrap>();
    case SandboxKind::user:
        if (getuid() != 0)
            throw Failure(Exit::missing, "only root can give a job a user id of its own",
                          "Call grade as root, in a container of your own.");
        return std::make_unique<OwnUser>();
    case SandboxKind::none:
        break;
    }
    return std::make_unique<NoSandbox>();
}

std::unique_ptr<Sandbox> find_sandbox() {
    std::string why;
    for (const auto kind : {SandboxKind::bubblewrap, SandboxKind::user}) {
        try {
            auto sandbox = make_sandbox(kind);
            sandbox->try_it();
            if (sandbox->enforced().holds())
                return sandbox;
            const auto held = faultline::join(sandbox->enforced().words());
            why += std::string("\n  ") + to_words(kind) + ": it holds only " +
                   (held.empty() ? "nothing" : held);
        } catch (const Failure& failure) {
            why += std::string("\n  ") + to_words(kind) + ": " + failure.what();
        }
    }
    throw Failure(Exit::missing, "no sandbox works on this machine:" + why,
                  "Install bubblewrap, or call grade as root in a container of its own. "
                  "--no-sandbox runs students' work unguarded.");
}

} // namespace lab
