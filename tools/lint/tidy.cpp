// Calls clang-tidy, for one file or for a batch of them in one translation unit.
// SPDX-License-Identifier: MIT
#include "tidy.hpp"

#include "process.hpp"
#include "text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <regex>
#include <set>

namespace fs = std::filesystem;

namespace lint {

constexpr auto LIMIT = std::chrono::minutes(10); // a guard against a hung clang-tidy

std::vector<std::string> cross_arguments(const std::string& compiler) {
    const auto answer = faultline::capture({compiler, "-E", "-x", "c++", "/dev/null", "-v"}, LIMIT);
    std::vector<std::string> arguments;
    for (const auto& line : faultline::lines_of(answer.output))
        if (std::regex_match(line, std::regex(" [^ ]+/include/c[+][+]/[0-9]+[^ ]*")))
            arguments.push_back("--extra-arg=-isystem" + line.substr(1));
    // libstdc++ asks for the concepts macro before it shows std::expected.
    for (const char* argument :
         {"--target=riscv64-linux-gnu", "-march=rv64imac", "-std=c++2b", "-D__cpp_concepts=202002L",
          "-Wno-macro-redefined", "-Wno-unused-command-line-argument", "-Qunused-arguments"})
        arguments.push_back(std::string("--extra-arg=") + argument);
    return arguments;
}

std::vector<Finding> findings_in(const std::string& words) {
    static const std::regex place(R"((.+?):(\d+):\d+: (?:error|warning): .*\[(.+)\])");
    std::vector<Finding> findings;
    std::smatch match;
    for (const auto& line : faultline::lines_of(words))
        if (std::regex_match(line, match, place))
            findings.push_back(
                {match[1].str(), std::stoul(match[2]),
                 match[3].str().find("clang-diagnostic-error") != std::string::npos});
    return findings;
}

static Report call(const Tidy& tidy, const fs::path& database, const fs::path& file,
                   const std::vector<std::string>& more) {
    std::vector<std::string> line{tidy.program, "-quiet", "-p", database.string(),
                                  "--extra-arg=-Wno-unknown-warning-option"};
    line.insert(line.end(), tidy.arguments.begin(), tidy.arguments.end());
    line.insert(line.end(), more.begin(), more.end());
    line.push_back(file.string());
    const auto answer = faultline::capture(line, LIMIT);
    if (answer.ended.status == 0 && answer.ended.signal == 0)
        return {true, {}};
    return {false, answer.output, findings_in(answer.output)};
}

Report look_at(const Tidy& tidy, const Source& source) {
    return call(tidy, tidy.scratch, source.file, {});
}

std::string unit_of(const std::vector<std::string>& texts) {
    static const std::regex include(R"(\s*#\s*include\s*(["<][^">]*[">]).*)");
    std::set<std::string> before;
    std::string unit;
    for (const auto& text : texts) {
        std::set<std::string> here;
        for (const auto& line : faultline::lines_of(text)) {
            std::smatch match;
            const bool includes = std::regex_match(line, match, include);
            const bool is_first = includes && here.insert(match[1]).second;
            if (!is_first || !before.contains(match[1]))
                unit += line;
            unit += '\n';
        }
        before.merge(here);
    }
    return unit;
}

// The sources that findings in the batch's own file are about, instead of that file.
static void give_back(Report& report, const fs::path& unit, const std::vector<Source>& batch,
                      const std::vector<std::size_t>& ends) {
    for (auto& finding : report.findings) {
        if (finding.file != unit)
            continue;
        const auto end = std::ranges::lower_bound(ends, finding.line);
        if (end != ends.end())
            finding.file = batch[static_cast<std::size_t>(end - ends.begin())].file;
    }
}

// The batch's file does not exist: clang-tidy is told that it lies where its sources do, so that
// they find their headers and their configuration.
static Report call(const Tidy& tidy, const std::vector<Source>& batch,
                   std::vector<std::string> more) {
    const fs::path folder = tidy.scratch / "batch";
    const fs::path unit = batch.front().file.parent_path() / "lint-batch.cpp";
    std::vector<std::string> texts;
    std::vector<std::size_t> ends; // the last line of each source in the batch's file
    for (const auto& source : batch) {
        texts.push_back(faultline::read_file(source.file));
        ends.push_back((ends.empty() ? 0 : ends.back()) + faultline::lines_of(texts.back()).size());
    }
    Source whole = batch.front();
    whole.file = unit;
    write_database(folder, {whole});
    faultline::write_file(folder / "batch.cpp", unit_of(texts));
    const nlohmann::json file{{"name", unit.string()},
                              {"type", "file"},
                              {"external-contents", (folder / "batch.cpp").string()},
                              {"use-external-name", false}};
    const nlohmann::json overlay{{"version", 0}, {"roots", nlohmann::json::array({file})}};
    faultline::write_file(folder / "overlay.yaml", overlay.dump());
    more.push_back("--vfsoverlay=" + (folder / "overlay.yaml").string());
    Report report = call(tidy, folder, unit, more);
    give_back(report, unit, batch, ends);
    return report;
}

Report look_at(const Tidy& tidy, const std::vector<Source>& batch) {
    return call(tidy, batch, {"--checks=-clang-analyzer-*"});
}

Report follow_paths(const Tidy& tidy, const Source& source) {
    const auto enabled =
        faultline::capture({tidy.program, "--list-checks", source.file.string(), "--"}, LIMIT);
    std::string checks;
    for (const auto& line : faultline::lines_of(enabled.output)) {
        const auto name = line.find_first_not_of(' ');
        if (name != line.npos && line.substr(name).starts_with("clang-analyzer-"))
            checks += "," + line.substr(name);
    }
    if (checks.empty())
        return {true, {}};
    return call(tidy, tidy.scratch, source.file, {"--checks=-*" + checks});
}

Report parse(const Tidy& tidy, const std::vector<Source>& batch) {
    return call(tidy, batch, {"--checks=-*,misc-static-assert", "--extra-arg=-ferror-limit=0"});
}

} // namespace lint
