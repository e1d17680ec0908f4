// Reads and writes docs/figures.json, and compares two of them.
// SPDX-License-Identifier: MIT
//
// Outputs are kept as lists of lines, so that a change of one line is a change of one line.
#include "figures.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <nlohmann/json.hpp>

namespace figures {

using faultline::Exit;
using faultline::Failure;
using Json = nlohmann::ordered_json;

static constexpr int JSON_VERSION = 1;

std::string to_json(const Figures& figures) {
    Json outputs = Json::object();
    for (const auto& [command, text] : figures.outputs)
        outputs[command] = faultline::lines_of(text);
    const Json json = {
        {"version", JSON_VERSION},
        {"toolchain", {{"compiler", figures.toolchain.compiler}, {"qemu", figures.toolchain.qemu}}},
        {"numbers", figures.numbers},
        {"outputs", std::move(outputs)}};
    return json.dump(2) + "\n";
}

static Figures from_json(const Json& json) {
    if (json.at("version") != JSON_VERSION)
        throw std::runtime_error("its version is not " + std::to_string(JSON_VERSION));
    Figures figures{.toolchain = {.compiler = json.at("toolchain").at("compiler"),
                                  .qemu = json.at("toolchain").at("qemu")},
                    .numbers = {},
                    .outputs = {}};
    for (const auto& [key, value] : json.at("numbers").items())
        figures.numbers[key] = value.get<std::uint64_t>();
    for (const auto& [command, lines] : json.at("outputs").items())
        for (const auto& line : lines)
            figures.outputs[command] += line.get<std::string>() + "\n";
    return figures;
}

Figures read_figures(const std::filesystem::path& file) {
    try {
        return from_json(Json::parse(faultline::read_file(file)));
    } catch (const std::exception& error) {
        throw Failure(Exit::failed, file.string() + " cannot be used: " + error.what(),
                      "Make it anew: cmake --build --preset default --target figures");
    }
}

static void compare_numbers(const Figures& kept, const Figures& fresh,
                            std::vector<std::string>& lines) {
    for (const auto& [key, value] : fresh.numbers) {
        const auto found = kept.numbers.find(key);
        if (found == kept.numbers.end())
            lines.push_back(key + " is not in the file; measured now: " + std::to_string(value));
        else if (found->second != value)
            lines.push_back(key + " was " + std::to_string(found->second) + " and is now " +
                            std::to_string(value));
    }
}

static std::string first_difference(const std::string& kept, const std::string& fresh) {
    const auto before = faultline::lines_of(kept);
    const auto now = faultline::lines_of(fresh);
    std::size_t at = 0;
    while (at < before.size() && at < now.size() && before[at] == now[at])
        ++at;
    return "line " + std::to_string(at + 1) + " was '" +
           (at < before.size() ? before[at] : "(none)") + "' and is now '" +
           (at < now.size() ? now[at] : "(none)") + "'";
}

std::vector<std::string> differences(const Figures& kept, const Figures& fresh) {
    std::vector<std::string> lines;
    compare_numbers(kept, fresh, lines);
    for (const auto& [command, text] : fresh.outputs) {
        const auto found = kept.outputs.find(command);
        if (found == kept.outputs.end())
            lines.push_back("the output of `" + command + "` is not in the file");
        else if (found->second != text)
            lines.push_back("the output of `" + command +
                            "` changed: " + first_difference(found->second, text));
    }
    return lines;
}

} // namespace figures
