// Calls the command as a user does, for the tests of the whole.
// SPDX-License-Identifier: MIT
//
// Output is standard output and standard error together.
#pragma once

#include "process.hpp"

#include <filesystem>
#include <string>
#include <vector>

struct Call {
    std::vector<std::string> arguments;
    std::vector<std::string> environment{}; // NAME=VALUE
};

// Ends with the tool's end, or after two minutes.
faultline::Captured call(const Call& call);
// Some words of `call(...).output`, for CHECK: is `words` in it? A line may end between them, and
// the next one be indented.
bool says(const faultline::Captured& result, const std::string& words);

// The tool as a process of its own, with a scratch folder as TMPDIR.
std::vector<std::string> tool_line(const Call& call);

// An executable shell script in `folder`; returns its path.
std::filesystem::path script(const std::filesystem::path& folder, const std::string& name,
                             const std::string& body);

// Waits up to ten seconds.
bool ends_soon(pid_t process);
bool appears_soon(const std::filesystem::path& file);

inline const std::filesystem::path FAKE_GUEST = FAULTLINE_FAKE_GUEST;
