// Runs jobs: starts each as its kind of sandbox says, watches clock and disk, ends all of it.
// SPDX-License-Identifier: MIT
//
// What a job prints goes into a file beside its folder that it cannot reach by name. A folder is
// given to the job's user while the job runs, and taken back when nothing of it lives any more.
#include "sandbox.hpp"

#include "failure.hpp"
#include "scratch.hpp"
#include "text.hpp"
#include "user_ids.hpp"

#include <csignal>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lab {

using faultline::Group;
using faultline::Process;

bool Enforced::holds() const { return network && memory && processes && time && files && output; }

std::vector<std::string> Enforced::words() const {
    std::vector<std::string> result;
    const auto add = [&](bool held, const char* word) {
        if (held)
            result.emplace_back(word);
    };
    add(network, "network");
    add(memory, "memory");
    add(processes, "processes");
    add(time, "time");
    add(files, given ? "files" : "files (by their owner)");
    add(output, "output");
    return result;
}

// Bytes of disk below FOLDER. What vanishes meanwhile does not count.
static std::uint64_t room_taken(const std::filesystem::path& folder) {
    constexpr std::uint64_t block = 512; // of st_blocks
    std::uint64_t bytes = 0;
    std::error_code error;
    std::filesystem::recursive_directory_iterator entries(
        folder, std::filesystem::directory_options::skip_permission_denied, error);
    for (const std::filesystem::recursive_directory_iterator end; !error && entries != end;
         entries.increment(error)) {
        struct stat info {};
        if (lstat(entries->path().c_str(), &info) == 0)
            bytes += static_cast<std::uint64_t>(info.st_blocks) * block + block;
    }
    return bytes;
}

struct Sandbox::Running {
    const Job* job;
    JobEnd* end;
    std::filesystem::path output;
    std::unique_ptr<UserId> user{};
    std::optional<Process> process{};
    std::chrono::steady_clock::time_point deadline{};

    // Ended, for whatever reason; tells which.
    bool poll();
    void finish();
};

bool Sandbox::Running::poll() {
    if (const auto ended = process->poll()) {
        end->ended = *ended;
        // A shell or bubblewrap tells of the signal that ended what it started by 128 + signal.
        const int signal = ended->signal ? ended->signal : std::max(ended->status - 128, 0);
        end->how = signal == SIGXFSZ   ? JobEnding::file
                   : signal == SIGXCPU ? JobEnding::processor
                   : ended->signal     ? JobEnding::signal
                                       : JobEnding::by_itself;
        return true;
    }
    const bool late = std::chrono::steady_clock::now() > deadline;
    const bool full = !late && room_taken(job->folder) > job->limits.disk;
    if (late || full) {
        process->stop();
        end->ended = *process->poll();
        end->how = late ? JobEnding::wall : JobEnding::disk;
    }
    return late || full;
}

void Sandbox::Running::finish() {
    process.reset(); // with its group
    if (user) {
        user->end_all();
        UserId::take_back(job->folder);
        user->sweep();
        user.reset();
    }
    std::error_code none;
    if (std::filesystem::file_size(output, none) > job->limits.file && !none)
        std::filesystem::resize_file(output, job->limits.file, none);
    if (std::filesystem::exists(output))
        end->output = faultline::read_file(output);
    std::filesystem::remove(output, none);
}

void Sandbox::start(Running& running) const {
    const Job& job = *running.job;
    running.output = job.folder.parent_path() / (job.folder.filename().string() + ".output");
    if (getuid() == 0 && kind() != SandboxKind::none) {
        running.user = std::make_unique<UserId>();
        running.user->give(job.folder);
    }
    const auto user = running.user ? std::optional(running.user->number()) : std::nullopt;
    running.deadline = std::chrono::steady_clock::now() + job.limits.wall;
    running.process.emplace(faultline::Launch{.command = wrapped(job, user),
                                              .input = "/dev/null",
                                              .output = running.output,
                                              .errors = running.output,
                                              .directory = kind() == SandboxKind::bubblewrap
                                                               ? std::filesystem::path("/")
                                                           : job.directory.empty() ? job.folder
                                                                                   : job.directory,
                                              .group = Group::own});
}

// While one is there, whoever loses its parent becomes our child, so that it can be waited for.
class Reaper {
public:
    Reaper() {
        prctl(PR_GET_CHILD_SUBREAPER, &before_);
        prctl(PR_SET_CHILD_SUBREAPER, 1);
    }
    ~Reaper() { prctl(PR_SET_CHILD_SUBREAPER, before_); }
    Reaper(const Reaper&) = delete;
    Reaper& operator=(const Reaper&) = delete;

private:
    int before_ = 0;
};

std::vector<JobEnd> Sandbox::run(const std::vector<Job>& jobs, std::size_t at_a_time) const {
    const Reaper reaper;
    std::vector<JobEnd> ends(jobs.size());
    std::vector<Running> running;
    std::size_t next = 0;
    try {
        while (next < jobs.size() || !running.empty()) {
            for (; next < jobs.size() && running.size() < at_a_time; ++next) {
                running.push_back({.job = &jobs[next], .end = &ends[next], .output = {}});
                start(running.back());
            }
            faultline::wait_for_event(std::chrono::milliseconds(50));
            std::erase_if(running, [](Running& one) {
                const bool over = one.poll();
                if (over)
                    one.finish();
                return over;
            });
        }
    } catch (...) { // a Ctrl-C, or a job that could not be started
        for (auto& one : running)
            one.finish();
        throw;
    }
    return ends;
}

} // namespace lab
