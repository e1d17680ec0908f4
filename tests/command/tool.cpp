// Calls the command as a user does, for the tests of the whole.
// SPDX-License-Identifier: MIT
//
// FAULTLINE_TOOL and FAULTLINE_FAKE_GUEST are set by CMakeLists.txt.
#include "tool.hpp"

#include "text.hpp"

#include <fstream>
#include <iterator>

using namespace faultline;

std::vector<std::string> tool_line(const Call& call) {
    std::vector<std::string> line = {"env"};
    line.insert(line.end(), call.environment.begin(), call.environment.end());
    line.emplace_back(FAULTLINE_TOOL);
    line.insert(line.end(), call.arguments.begin(), call.arguments.end());
    return line;
}

Captured call(const Call& call) { return capture(tool_line(call), std::chrono::seconds(120)); }

bool says(const Captured& result, const std::string& words) {
    std::string paragraphs = result.output;
    for (std::size_t at = 0; (at = paragraphs.find("\n  ", at)) != std::string::npos;)
        paragraphs.replace(at, 3, " ");
    return result.output.find(words) != std::string::npos ||
           paragraphs.find(words) != std::string::npos;
}

std::filesystem::path script(const std::filesystem::path& folder, const std::string& name,
                             const std::string& body) {
    const auto path = folder / name;
    write_file(path, "#!/bin/sh\n" + body + "\n");
    std::filesystem::permissions(path, std::filesystem::perms::all);
    return path;
}

template <class Condition>
static bool soon(Condition condition) {
    for (int i = 0; i < 200; ++i) {
        if (condition())
            return true;
        wait_for_event(std::chrono::milliseconds(50));
    }
    return false;
}

// Gone, or dead and not yet buried by whoever is its parent now.
static bool has_ended(pid_t process) {
    std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
    const std::string text{std::istreambuf_iterator<char>(stat), std::istreambuf_iterator<char>()};
    const auto name_end = text.rfind(") ");
    return name_end == text.npos || text[name_end + 2] == 'Z';
}

bool ends_soon(pid_t process) {
    return soon([&] { return has_ended(process); });
}

bool appears_soon(const std::filesystem::path& file) {
    return soon([&] {
        std::error_code ignored;
        return std::filesystem::file_size(file, ignored) > 0 && !ignored;
    });
}
