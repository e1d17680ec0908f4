// Where in the source an instruction comes from: asks the cross compiler's addr2line.
// SPDX-License-Identifier: MIT
#include "source_line.hpp"

#include "process.hpp"
#include "text.hpp"

namespace lab {

// "sv39::make_entry" of a whole signature, template arguments and all.
static std::string bare_name(std::string signature) {
    const std::string unnamed = "(anonymous namespace)::";
    for (auto at = signature.find(unnamed); at != signature.npos; at = signature.find(unnamed))
        signature.erase(at, unnamed.size());
    std::string name;
    unsigned depth = 0;
    for (const char c : signature) {
        if (c == '(' && depth == 0)
            break;
        depth += c == '<' ? 1 : 0;
        if (depth == 0)
            name += c;
        depth -= c == '>' ? 1 : 0;
    }
    const auto space = name.rfind(' ');
    return space == name.npos ? name : name.substr(space + 1);
}

// From the tree's top: headers are compiled by their links in the build's layers
// (cmake/Layers.cmake).
static std::string path_in_tree(std::string path, const std::filesystem::path& top) {
    constexpr std::string_view LAYERS = "/layers/";
    if (const auto at = path.find(LAYERS); at != path.npos)
        return path.substr(path.find('/', at + LAYERS.size()) + 1);
    path = std::filesystem::path(path).lexically_normal().string();
    const std::string above = top.string() + "/";
    return path.starts_with(above) ? path.substr(above.size()) : path;
}

std::string source_line(const Runner& runner, const std::filesystem::path& image, std::uint64_t pc,
                        const std::filesystem::path& top) {
    std::string address = faultline::hex(pc);
    const auto tool = faultline::find_command("riscv64-linux-gnu-addr2line");
    if (!tool)
        return address;
    const JobEnd asked =
        runner.ask({tool->string(), "-f", "-C", "-i", "-e", image.string(), address}, image);
    // Two lines for each function, the innermost first: its name, and FILE:LINE.
    const auto lines = faultline::lines_of(asked.output);
    if (asked.how != JobEnding::by_itself || asked.ended.status != 0 || lines.size() < 2 ||
        lines[1].starts_with("?"))
        return address;
    const std::string place(lines[1].substr(0, lines[1].find(" (discriminator")));
    return bare_name(std::string(lines[0])) + " at " + path_in_tree(place, top);
}

} // namespace lab
