// Where in the source an instruction comes from: asks the cross compiler's addr2line.
// SPDX-License-Identifier: MIT
#include "source_line.hpp"

#include "process.hpp"
#include "text.hpp"

namespace lab {

std::string source_line(const std::filesystem::path& image, std::uint64_t pc,
                        const std::filesystem::path& top) {
    const std::string address = faultline::hex(pc);
    const auto tool = faultline::find_command("riscv64-linux-gnu-addr2line");
    if (!tool)
        return address;
    const auto asked =
        faultline::capture({tool->string(), "-f", "-s", "-C", "-i", "-e", image.string(), address},
                           {.time = std::chrono::seconds(10)});
    // Two lines for each function, the innermost first: its name, and FILE:LINE.
    const auto lines = faultline::lines_of(asked.output);
    if (asked.ended.status != 0 || lines.size() < 2 || lines[1].starts_with("?"))
        return address;
    const auto whole = faultline::capture({tool->string(), "-e", image.string(), "-i", address},
                                          {.time = std::chrono::seconds(10)});
    std::string place(faultline::lines_of(whole.output).front());
    place = place.substr(0, place.find(" (discriminator"));
    const std::string above = top.string() + "/";
    if (place.starts_with(above))
        place = place.substr(above.size());
    std::string name(lines[0]);
    name = name.substr(0, name.find_first_of("<("));
    if (const auto space = name.rfind(' '); space != name.npos)
        name = name.substr(space + 1);
    return name + " at " + place;
}

} // namespace lab
