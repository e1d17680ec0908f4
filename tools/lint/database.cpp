// How each source is compiled, and what it includes: read from what CMake and Ninja wrote down.
// SPDX-License-Identifier: MIT
#include "database.hpp"

#include "failure.hpp"
#include "process.hpp"
#include "text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace fs = std::filesystem;

namespace lint {

std::vector<std::string> words_of(const std::string& command) {
    std::vector<std::string> words;
    bool in_word = false;
    char quote = 0;
    for (std::size_t i = 0; i < command.size(); ++i) {
        const char c = command[i];
        if (!in_word && c != ' ') {
            words.emplace_back();
            in_word = true;
        }
        if (c == '\\' && quote != '\'' && i + 1 < command.size())
            words.back() += command[++i];
        else if (quote != 0 ? c == quote : c == '"' || c == '\'')
            quote = quote != 0 ? '\0' : c;
        else if (c == ' ' && quote == 0)
            in_word = false;
        else
            words.back() += c;
    }
    return words;
}

static bool is_of_gcc_alone(const std::string& word) {
    return word == "-fno-tree-loop-distribute-patterns" || word == "-fno-lifetime-dse" ||
           word == "-ftrivial-auto-var-init=zero" || word == "-fsanitize-undefined-trap-on-error";
}

// Of a command: the flags, and where the output goes. clang stops at options that only GCC knows.
static void take_flags(const std::vector<std::string>& words, Source& source) {
    auto word = std::ranges::find_if(words, [](const auto& w) { return w.starts_with('-'); });
    for (; word != words.end(); ++word) {
        if (*word == "-o" && word + 1 != words.end())
            source.object = *++word;
        else if (*word == "-c" && word + 1 != words.end())
            ++word;
        else if (!is_of_gcc_alone(*word))
            source.flags.push_back(*word);
    }
}

static std::map<fs::path, Source> read_database(const fs::path& build) {
    std::map<fs::path, Source> sources;
    const auto text = faultline::read_file(build / "compile_commands.json");
    for (const auto& entry : nlohmann::json::parse(text)) {
        Source source{entry.at("file").get<std::string>(),
                      entry.at("directory").get<std::string>()};
        if (sources.contains(source.file))
            continue;
        take_flags(words_of(entry.at("command").get<std::string>()), source);
        sources.emplace(source.file, source);
    }
    return sources;
}

std::vector<Source> sources_below(const fs::path& build, const std::vector<fs::path>& folders) {
    const auto database = read_database(build);
    std::set<fs::path> files;
    for (const auto& folder : folders)
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            if (entry.path().extension() == ".cpp")
                files.insert(entry.path());
    std::vector<Source> sources;
    for (const auto& file : files) {
        const auto known = database.find(file);
        sources.push_back(known != database.end() ? known->second : Source{file, {}});
    }
    return sources;
}

Includes parse_includes(const std::string& deps, const fs::path& build) {
    Includes all;
    std::vector<fs::path>* current = nullptr;
    for (const auto& line : faultline::lines_of(deps)) {
        const auto colon = line.find(": #deps ");
        if (colon != line.npos) { // an object that was compiled since is marked STALE
            current = line.ends_with("(VALID)") ? &all[line.substr(0, colon)] : nullptr;
        } else if (current && line.starts_with("    ")) {
            current->push_back(build / line.substr(4));
        }
    }
    return all;
}

Includes includes_of(const fs::path& build) {
    const auto answer =
        faultline::capture({"ninja", "-C", build.string(), "-t", "deps"}, std::chrono::seconds(60));
    if (answer.ended.status != 0 || answer.ended.signal != 0)
        return {}; // then all is looked at
    return parse_includes(answer.output, build);
}

void write_database(const fs::path& folder, const std::vector<Source>& sources) {
    auto entries = nlohmann::json::array();
    for (const auto& source : sources) {
        if (source.directory.empty())
            continue;
        std::vector<std::string> words{"c++"};
        words.insert(words.end(), source.flags.begin(), source.flags.end());
        words.insert(words.end(), {"-c", source.file.string()});
        entries.push_back({{"directory", source.directory.string()},
                           {"file", source.file.string()},
                           {"arguments", words}});
    }
    fs::create_directories(folder);
    faultline::write_file(folder / "compile_commands.json", entries.dump(1));
}

} // namespace lint
