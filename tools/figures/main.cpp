// Keeps the figures in documents true: measures them, writes them down, compares.
// SPDX-License-Identifier: MIT
//
//   figures refresh    measure all, write docs/figures.json, bring every page up to date
//   figures check      is every page as docs/figures.json has it? Measures nothing
//   figures measure    is docs/figures.json what this machine measures? Changes nothing
//
// Called by the target `figures` and by two tests (tests/CMakeLists.txt). Exit codes: 0 yes, 1 no.
#include "documents.hpp"
#include "measure.hpp"

#include "failure.hpp"
#include "process.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

namespace {

using namespace figures;
using faultline::Exit;

const std::filesystem::path TOP = faultline::Tree::here().top;
const std::filesystem::path KEPT = TOP / "docs" / "figures.json";
constexpr const char* REFRESH = "cmake --build --preset default --target figures";

void say(const std::string& line) { std::printf("%s\n", line.c_str()); }

Quotes all_quotes() {
    Quotes all;
    for (const auto& document : documents(TOP))
        all.merge(quotes_in(faultline::read_file(TOP / document)));
    return all;
}

Exit refresh() {
    const Figures fresh = measure(all_quotes());
    faultline::replace_file(KEPT, to_json(fresh));
    for (const auto& document : documents(TOP)) {
        const std::string before = faultline::read_file(TOP / document);
        const std::string now = updated(before, fresh);
        if (now == before)
            continue;
        faultline::replace_file(TOP / document, now);
        say("brought up to date: " + document.string());
    }
    say(std::to_string(fresh.numbers.size()) + " figures and " +
        std::to_string(fresh.outputs.size()) + " outputs are in docs/figures.json");
    return Exit::done;
}

Exit end_with(const std::vector<std::string>& wrong) {
    for (const std::string& line : wrong)
        say(line);
    if (!wrong.empty())
        say(std::string("To bring all up to date: ") + REFRESH);
    return wrong.empty() ? Exit::done : Exit::failed;
}

Exit check() {
    const Figures kept = read_figures(KEPT);
    std::vector<std::string> wrong;
    for (const auto& document : documents(TOP))
        for (const std::string& line :
             complaints(document.string(), faultline::read_file(TOP / document), kept))
            wrong.push_back(line);
    const Quotes quotes = all_quotes();
    for (const auto& [key, value] : kept.numbers)
        if (!quotes.keys.contains(key))
            wrong.push_back("docs/figures.json has " + key + ", which no page quotes");
    return end_with(wrong);
}

std::string major(const std::string& version) { return version.substr(0, version.find('.')); }

Exit compare_with_machine() {
    const Figures kept = read_figures(KEPT);
    const std::string here = toolchain_here().compiler;
    if (major(here) != major(kept.toolchain.compiler)) {
        say("SKIPPED: docs/figures.json is of GCC " + kept.toolchain.compiler + "; GCC " + here +
            " generates other instructions");
        return Exit::done;
    }
    return end_with(differences(kept, measure(all_quotes())));
}

Exit chosen(int argc, char** argv) {
    CLI::App app("Keeps the figures in documents true.");
    auto* do_refresh = app.add_subcommand("refresh", "Measure all and bring every page up to date");
    auto* do_check = app.add_subcommand("check", "Compare every page with docs/figures.json");
    app.add_subcommand("measure", "Compare docs/figures.json with this machine");
    app.require_subcommand(1);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? Exit::done : Exit::usage;
    }
    if (do_refresh->parsed())
        return refresh();
    return do_check->parsed() ? check() : compare_with_machine();
}

} // namespace

int main(int argc, char** argv) {
    faultline::prepare_signals();
    try {
        return static_cast<int>(chosen(argc, argv));
    } catch (const faultline::Failure& failure) {
        std::fprintf(stderr, "figures: %s\n  %s\n", failure.what(), failure.next().c_str());
        return static_cast<int>(failure.exit());
    } catch (const faultline::Interrupted& interrupted) {
        return 128 + interrupted.signal;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "figures: %s\n", error.what());
    }
    return static_cast<int>(Exit::failed);
}
