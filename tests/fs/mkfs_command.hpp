// mkfs as people and the build call it: a command in a folder of the test's own.
// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace host = std::filesystem;

// A folder of its own for each test case.
struct Scratch {
    host::path folder = host::path(SCRATCH) / std::to_string(getpid());
    Scratch() {
        host::remove_all(folder);
        host::create_directories(folder);
    }
    ~Scratch() { host::remove_all(folder); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    std::string path(const std::string& name) const { return (folder / name).string(); }
    std::string file(const std::string& name, const std::string& contents) const {
        std::ofstream(path(name), std::ios::binary) << contents;
        return path(name);
    }
};

struct Called {
    int code;
    std::string words; // output and errors
};

// BEFORE: shell words in front of it.
inline Called call(const Scratch& scratch, const std::string& arguments,
                   const std::string& before = "") {
    const std::string line =
        "cd '" + scratch.folder.string() + "'; " + before + " '" MKFS "' " + arguments + " 2>&1";
    FILE* pipe = popen(line.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Called called{};
    char buffer[512];
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe))
        called.words.append(buffer, size);
    const int status = pclose(pipe);
    called.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return called;
}

inline bool says(const Called& called, const std::string& words) {
    return called.words.find(words) != std::string::npos;
}
