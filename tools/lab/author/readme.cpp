// Fills in kit-readme.md.
// SPDX-License-Identifier: MIT
#include "readme.hpp"

#include "text.hpp"

#include <algorithm>
#include <map>

namespace lab {

static std::string tasks_of(const Description& lab) {
    std::string text;
    for (const Task& task : lab.tasks)
        text += "| " + task.id + ", " + task.title + " | " + std::to_string(task.points) + " |\n";
    return text;
}

static std::string files_of(const Description& lab) {
    std::string text;
    for (const auto& file : lab.files)
        text += "- `" + file.string() + "`\n";
    return text;
}

static std::string commands_of(const Description& lab) {
    const std::string run = "    ./faultline run " + lab.kernels.front() + " hello";
    std::string check = "    ./faultline lab check";
    check.resize(std::max(run.size(), check.size()), ' ');
    return run + "    builds what changed and boots it\n" + check +
           "    builds, asks the machine, and tells your points\n";
}

static std::string without_last_end(std::string text) {
    if (text.ends_with('\n'))
        text.pop_back();
    return text;
}

std::string readme_of(const Description& lab) {
    const std::map<std::string, std::string> words{{"NUMBER", std::to_string(lab.number)},
                                                   {"TITLE", lab.title},
                                                   {"ABOUT", lab.about},
                                                   {"POINTS", std::to_string(lab.points())},
                                                   {"TIME", lab.time},
                                                   {"NAME", lab.name},
                                                   {"COMMANDS", commands_of(lab)},
                                                   {"TASKS", tasks_of(lab)},
                                                   {"FILES", files_of(lab)},
                                                   {"KERNELS", faultline::join(lab.kernels)}};
    std::string text;
    bool is_word = false;
    for (const std::string& part : faultline::split(faultline::read_file(LAB_KIT_README), '@')) {
        text += is_word ? without_last_end(words.at(part)) : part;
        is_word = !is_word;
    }
    return text;
}

} // namespace lab
