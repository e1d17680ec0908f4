// A check in a process of its own, so that no source takes the checker with it.
// SPDX-License-Identifier: MIT
//
// The child writes a line for each finding, or one that says what is missing; its end says the
// rest.
#include "check.hpp"

#include <array>
#include <csignal>
#include <sstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace safe {

namespace {

enum ExitCode { checked = 0, missing = 1 };

void write_all(int pipe, const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const ssize_t count = write(pipe, text.data() + at, text.size() - at);
        if (count <= 0)
            return;
        at += static_cast<std::size_t>(count);
    }
}

std::string read_all(int pipe) {
    std::string all;
    std::array<char, 4096> part{};
    for (ssize_t count = 0; (count = read(pipe, part.data(), part.size())) > 0;)
        all.append(part.data(), static_cast<std::size_t>(count));
    return all;
}

std::string to_line(const Finding& finding) {
    std::ostringstream line;
    line << static_cast<int>(finding.rule) << ' ' << finding.line << ' ' << finding.column << ' '
         << finding.file << '\n';
    return line.str();
}

std::vector<Finding> from_lines(const std::string& text) {
    std::vector<Finding> all;
    std::istringstream lines(text);
    Finding finding{};
    int rule = 0;
    while (lines >> rule >> finding.line >> finding.column) {
        lines.ignore(); // the blank
        std::getline(lines, finding.file);
        finding.rule = static_cast<Rule>(rule);
        all.push_back(finding);
    }
    return all;
}

[[noreturn]] void check_and_exit(int pipe, const std::string& source,
                                 const std::vector<std::string>& flags, const Folders& folders) {
    std::string text;
    ExitCode code = checked;
    try {
        for (const Finding& finding : check_file(source, flags, folders))
            text += to_line(finding);
    } catch (const std::exception& failure) {
        text = failure.what();
        code = missing;
    }
    write_all(pipe, text);
    _exit(code);
}

std::string words_for(int signal, const std::string& source) {
    if (signal == SIGXCPU || signal == SIGKILL)
        return source + " takes the checker too long: split it";
    return source + " is nested too deeply, or otherwise more than clang can read (signal " +
           std::to_string(signal) + "): split it";
}

} // namespace

std::vector<Finding> check_contained(const std::string& source,
                                     const std::vector<std::string>& flags, const Folders& folders,
                                     unsigned patience) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
        throw Missing("there is no pipe to a process of the checker's own");
    const pid_t child = fork();
    if (child < 0)
        throw Missing("there is no process for the check");
    if (child == 0) {
        close(ends[0]);
        const rlimit time{patience, patience};
        const rlimit core{0, 0};
        setrlimit(RLIMIT_CPU, &time);
        setrlimit(RLIMIT_CORE, &core);
        check_and_exit(ends[1], source, flags, folders);
    }
    close(ends[1]);
    const std::string text = read_all(ends[0]);
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status))
        throw Missing(words_for(WTERMSIG(status), source));
    if (WEXITSTATUS(status) != checked)
        throw Missing(text);
    return from_lines(text);
}

} // namespace safe
