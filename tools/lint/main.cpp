// lint: clang-tidy over the sources below some folders; ends with 1 when it finds anything.
// SPDX-License-Identifier: MIT
//
//   lint --top TREE --build BUILD --scratch FOLDER [--record FILE] [--cross COMPILER] [--each]
//        FOLDER...
//
// Without --each: what was clean and has not changed since is not looked at again (FOLDER/clean and
// FILE know), and what is left is looked at in batches. With it, each source by itself, whatever is
// remembered. The environment's FAULTLINE_TESTS=all means --each, too.
#include "failure.hpp"
#include "keys.hpp"
#include "look.hpp"
#include "process.hpp"
#include "text.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace fs = std::filesystem;

namespace {

struct Options {
    std::string tool = "clang-tidy";
    fs::path top{};
    fs::path build{};
    fs::path scratch{};
    fs::path record{};
    std::string cross{};
    bool each = false;
    std::vector<std::string> folders{};
};

int lint_all(const Options& options) {
    const auto version =
        faultline::capture({options.tool, "--version"}, std::chrono::seconds(60)).output;
    if (version.find("version 14.") == version.npos) {
        std::puts(
            "SKIPPED: the tree keeps to version 14 of clang-tidy; each complains differently");
        return 0;
    }
    std::vector<fs::path> folders;
    for (const auto& folder : options.folders)
        folders.push_back(options.top / folder);
    const auto sources = lint::sources_below(options.build, folders);
    lint::Tidy tidy{options.tool, options.scratch};
    if (!options.cross.empty())
        tidy.arguments = lint::cross_arguments(options.cross);
    lint::write_database(options.scratch, sources);
    auto how = tidy.arguments;
    how.push_back(version);
    const auto keys = lint::keys_of(sources, lint::includes_of(options.build), options.top, how);
    lint::Memory memory(options.scratch / "clean", options.record, options.top);
    lint::Look look(tidy, memory);
    const auto outcome = options.each ? look.at_each(sources, keys) : look.at(sources, keys);
    memory.save();
    std::printf("%zu files: %zu clean and unchanged since, %zu looked at in batches, %zu alone\n",
                sources.size(), outcome.remembered, outcome.in_batches, outcome.alone);
    std::fputs(outcome.words.c_str(), stdout);
    return outcome.words.empty() ? 0 : 1;
}

int run(int argc, char** argv) {
    CLI::App app("clang-tidy over the sources below some folders");
    Options options;
    app.add_option("--tool", options.tool, "Which clang-tidy");
    app.add_option("--top", options.top, "The tree")->required();
    app.add_option("--build", options.build, "The build that compiles them")->required();
    app.add_option("--scratch", options.scratch, "A folder of this tool's own")->required();
    app.add_option("--record", options.record, "A file that knows what was clean");
    app.add_option("--cross", options.cross, "The cross compiler that they are compiled with");
    app.add_flag("--each", options.each, "Each file by itself, whatever is remembered");
    app.add_option("folders", options.folders, "Below the tree")->required();
    CLI11_PARSE(app, argc, argv);
    const char* tests = std::getenv("FAULTLINE_TESTS");
    options.each = options.each || (tests && std::string_view(tests) == "all");
    return lint_all(options);
}

} // namespace

int main(int argc, char** argv) {
    faultline::prepare_signals();
    try {
        return run(argc, argv);
    } catch (const faultline::Interrupted& interrupted) {
        return 128 + interrupted.signal;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "lint: %s\n", error.what());
    } catch (...) {
        std::fputs("lint: something was thrown that is no error\n", stderr);
    }
    return 1;
}
