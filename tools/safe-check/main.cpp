// safe-check: does C++ source keep to the safe subset?
// SPDX-License-Identifier: MIT
//
// Exit codes: 0 safe, 1 not safe, 2 wrong usage, 3 something is missing or does not compile.
#include "check.hpp"
#include "flags.hpp"

#include <filesystem>
#include <iostream>
#include <set>

namespace fs = std::filesystem;
using namespace safe;

namespace {

constexpr const char* USAGE =
    R"(usage: safe-check -p BUILD [--like SOURCE] [--trust FOLDER].. FILE..
       safe-check [--trust FOLDER].. FILE.. -- CLANG FLAG..

Does each FILE keep to the safe subset of C++ (docs/safe-subset.md)?
  -p BUILD         compile it as BUILD/compile_commands.json says
  --like SOURCE    with the flags of SOURCE, for a FILE that BUILD does not compile
  --trust FOLDER   headers below FOLDER are not checked (lib/, abi/, arch/ and kernels/ never are)
  -- CLANG FLAG..  compile it with these flags
Exit codes: 0 safe; 1 not safe; 2 wrong usage; 3 something is missing or does not compile.
)";

struct Arguments {
    std::string build;
    std::string like;
    std::vector<std::string> files;
    std::vector<std::string> flags;
    bool has_flags = false;
    Folders folders = Folders::of_tree(FAULTLINE_TOP);
};

struct Usage : std::runtime_error {
    using std::runtime_error::runtime_error;
};

Arguments parse(const std::vector<std::string>& words) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        const auto value = [&] {
            if (++i >= words.size())
                throw Usage(word + " wants a value");
            return words[i];
        };
        if (word == "--") {
            arguments.has_flags = true;
            arguments.flags.assign(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
            break;
        }
        if (word == "-p")
            arguments.build = value();
        else if (word == "--like")
            arguments.like = fs::absolute(value());
        else if (word == "--trust")
            arguments.folders.trusted.emplace_back(value());
        else if (word.starts_with("-"))
            throw Usage("there is no option " + word);
        else
            arguments.files.push_back(word);
    }
    if (arguments.files.empty())
        throw Usage("no file is named");
    if (arguments.build.empty() == !arguments.has_flags)
        throw Usage("give either -p BUILD or flags after --");
    return arguments;
}

// As the user would name it from here.
std::string shown(const std::string& file) {
    const fs::path relative = fs::path(file).lexically_relative(fs::current_path());
    return relative.empty() || *relative.begin() == ".." ? file : relative.string();
}

std::set<std::string> check(const std::string& file, const Arguments& arguments) {
    const std::string path = fs::absolute(file).lexically_normal();
    std::vector<std::vector<std::string>> all{arguments.flags};
    if (!arguments.has_flags)
        all = flags_from_build(arguments.build, arguments.like.empty() ? path : arguments.like);
    std::set<std::string> findings; // the placements of a service find the same
    for (const std::vector<std::string>& flags : all)
        for (Finding finding : check_contained(path, flags, arguments.folders)) {
            finding.file = shown(finding.file);
            if (findings.insert(to_string(finding)).second)
                std::cout << to_string(finding) << '\n';
        }
    return findings;
}

} // namespace

int main(int argc, char** argv) {
    try {
        const std::vector<std::string> words(argv + 1, argv + argc);
        if (words.size() == 1 && (words[0] == "--help" || words[0] == "-h")) {
            std::cout << USAGE;
            return 0;
        }
        const Arguments arguments = parse(words);
        bool safe = true;
        for (const std::string& file : arguments.files)
            safe = check(file, arguments).empty() && safe;
        return safe ? 0 : 1;
    } catch (const Usage& usage) {
        std::cerr << "safe-check: " << usage.what() << "\n\n" << USAGE;
        return 2;
    } catch (const std::exception& failure) {
        std::cerr << "safe-check: " << failure.what() << '\n';
        return 3;
    }
}
