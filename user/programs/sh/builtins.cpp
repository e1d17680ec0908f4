// cd, exit, help, jobs, wait.
// SPDX-License-Identifier: MIT
//
// Before: commands.cpp, in the shell itself, or in a child of its when the builtin is part of a
// pipeline.
#include "builtins.hpp"

#include "user/lib/directory.hpp"
#include "user/lib/message.hpp"
#include "user/lib/numbers.hpp"
#include "user/lib/os.hpp"
#include "user/lib/writer.hpp"

namespace sh {

namespace {

std::int64_t change_directory(Runner&, Words words) {
    const std::string_view path = words.size() > 1 ? words[1] : "/";
    const std::int64_t error = os::chdir(path);
    if (error == 0)
        return 0;
    os::report("cd: ", path, ": ", os::words(error));
    return 1;
}

std::int64_t end_shell(Runner& runner, Words words) {
    if (words.size() == 1)
        os::exit(runner.status());
    const std::optional<std::uint64_t> status = os::to_number(words[1]);
    if (!status || *status > abi::status::LAST_OF_PROGRAM) {
        os::report("exit: a status is a number up to ", abi::status::LAST_OF_PROGRAM);
        return WRONG;
    }
    os::exit(static_cast<std::int64_t>(*status));
}

std::int64_t list_jobs(Runner& runner, Words) {
    os::Writer out(os::OUTPUT);
    for (const Jobs::Job& job : runner.jobs().all())
        if (job.process != 0)
            print(out, "[", job.process, "] ", job.ended ? "ended" : "running", ": ",
                  job.text.view(), "\n");
    return 0;
}

std::int64_t wait_for_jobs(Runner& runner, Words) { return runner.wait_for_jobs(); }

std::int64_t help(Runner&, Words);

struct Builtin {
    std::string_view name;
    std::string_view description;
    std::int64_t (*run)(Runner& runner, Words words);
    std::size_t most; // words behind its name
};

constexpr std::array BUILTINS{
    Builtin{"cd", "cd [DIRECTORY]: goes there; to / without one", change_directory, 1},
    Builtin{"exit", "exit [STATUS]: ends the shell", end_shell, 1},
    Builtin{"help", "help: this list", help, 0},
    Builtin{"jobs", "jobs: what runs in the background", list_jobs, 0},
    Builtin{"wait", "wait: until everything in the background has ended", wait_for_jobs, 0},
};

constexpr std::string_view LANGUAGE =
    "The shell: COMMAND | COMMAND, < FILE, > FILE, >> FILE, 2> FILE, 2>&1, &, ;, &&,\n"
    "||, ( LIST ), '...' and \"...\" quote, $? is the last status, # opens a comment.\n"
    "Tab completes, arrows edit, Ctrl-C ends what runs, Ctrl-D leaves.\n\n"
    "In the shell itself:\n";

std::int64_t help(Runner& runner, Words) {
    {
        os::Writer out(os::OUTPUT);
        print(out, LANGUAGE);
        for (const Builtin& builtin : BUILTINS)
            print(out, "  ", builtin.description, "\n");
        print(out, "\nIn /bin, beside the scenarios:\n");
    }
    const std::int64_t child = os::fork();
    if (child == 0) {
        const std::array<std::string_view, 1> words{"tools"};
        os::exit(os::exec("/bin/tools", words) < 0 ? NOT_FOUND : 0);
    }
    return child > 0 && runner.wait_for(std::span(&child, 1)) == 0 ? 0 : 1;
}

const Builtin* find(std::string_view name) {
    for (const Builtin& builtin : BUILTINS)
        if (builtin.name == name)
            return &builtin;
    return nullptr;
}

} // namespace

bool is_builtin(std::string_view name) { return find(name) != nullptr; }

std::int64_t run_builtin_command(Runner& runner, Words words) {
    const Builtin& builtin = *find(words.front());
    if (words.size() - 1 <= builtin.most)
        return builtin.run(runner, words);
    os::report("usage: ", builtin.description);
    return WRONG;
}

void offer_builtins(Candidates& candidates) {
    for (const Builtin& builtin : BUILTINS)
        candidates.offer(builtin.name);
}

} // namespace sh
