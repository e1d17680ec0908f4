// Running the command and reading its answers.
// SPDX-License-Identifier: MIT
#include "command.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>

using Json = nlohmann::ordered_json;

std::vector<std::string> kernels() {
    std::vector<std::string> names;
    std::istringstream list(KERNELS);
    for (std::string name; list >> name;)
        names.push_back(name);
    return names;
}

Json manifest_of(const std::string& kernel) {
    std::ifstream file(BUILD "/guest-release/manifest.json");
    const Json manifest = Json::parse(file);
    for (const Json& entry : manifest.at("kernels"))
        if (entry.at("kernel") == kernel)
            return entry;
    throw std::runtime_error("the manifest says nothing of " + kernel);
}

std::vector<std::string> kernels_with(const std::vector<std::string>& features) {
    std::vector<std::string> names = kernels();
    std::erase_if(names, [&](const std::string& kernel) {
        const std::vector<std::string> has = manifest_of(kernel).at("has");
        return !std::ranges::all_of(features, [&](const std::string& feature) {
            return std::ranges::find(has, feature) != has.end();
        });
    });
    return names;
}

Answer shell(const std::string& line, int seconds) {
    const std::string guarded =
        "timeout " + std::to_string(seconds) + " " + line + " 2>&1 < /dev/null";
    FILE* pipe = popen(guarded.c_str(), "r");
    if (pipe == nullptr)
        throw std::runtime_error("cannot start a shell");
    std::string output;
    std::array<char, 4096> piece{};
    while (const std::size_t count = fread(piece.data(), 1, piece.size(), pipe))
        output.append(piece.data(), count);
    const int status = pclose(pipe);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), output};
}

Answer call_faultline(const std::string& arguments) {
    return shell("'" FAULTLINE "' " + arguments);
}

const Json& compare(const std::string& arguments) {
    static std::map<std::string, Json> known;
    const auto found = known.find(arguments);
    if (found != known.end())
        return found->second;
    const Answer answer = call_faultline("compare " + arguments + " --json -");
    if (answer.status != 0)
        throw std::runtime_error("compare " + arguments + ": " + answer.output);
    return known[arguments] = Json::parse(answer.output);
}

const Json& result_of(const Json& comparison, const std::string& kernel) {
    for (const Json& result : comparison.at("kernels"))
        if (result.at("kernel") == kernel)
            return result;
    throw std::runtime_error("compare says nothing of " + kernel);
}

int instructions_of(const Json& result, const std::string& stage) {
    int sum = 0;
    for (const Json& entry : result.at("stages"))
        if (entry.at("stage") == stage)
            sum += entry.at("instructions").get<int>();
    return sum;
}

std::string printed_line(const std::string& arguments) {
    const Answer all = call_faultline("run --print-command " + arguments);
    const auto start = all.output.find(QEMU);
    if (all.status != 0 || start == std::string::npos)
        throw std::runtime_error("run --print-command: " + all.output);
    return all.output.substr(start, all.output.find('\n', start) - start);
}

Answer machine(const std::string& kernel, const std::string& program, const std::string& options) {
    const std::string plain = printed_line(kernel + " " + program + " --drop-writes " + options);
    // Where the disk is waited for, time that jumps to the next deadline would run away.
    const bool has_disk = plain.find("virtio-blk") != std::string::npos;
    return shell(plain + (has_disk ? " -icount shift=0" : " -icount shift=0,sleep=off"));
}
