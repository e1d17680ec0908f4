// The marker's command line: answers in, marks out.
// SPDX-License-Identifier: MIT
//
// Exit codes: 0 full marks, 1 not full, 2 wrong usage or answers that cannot be read, 3 no
// measurement, or none of some kernel. Called by CTest (ctest --preset lab-00, lab-00-points) or by
// hand.
#include "failure.hpp"
#include "process.hpp"
#include "report.hpp"
#include "text.hpp"
#include "watch_the_fault.hpp"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

namespace {

using namespace lab;
using faultline::Exit;

struct Options {
    std::string answers;
    std::string measurement;
    std::string json;
    bool quiet = false;
};

void print(const std::string& text) {
    if (std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0)
        throw faultline::Failure(Exit::usage, "cannot write to standard output",
                                 "Check the disk or the program that reads it.");
}

int run(const Options& options) {
    const Lab lab = watch_the_fault();
    const Answers answers = read_answers(options.answers, lab.question_names()); // cheap, so first
    const Measurement measurement = options.measurement.empty()
                                        ? measure(FAULTLINE_TOOL, lab.scenario)
                                        : read_measurement(options.measurement, lab.scenario);
    const auto marks = mark(lab, answers, measurement);
    if (!options.json.empty() && options.json != "-")
        faultline::write_file(options.json, report_json(lab, answers, marks));
    print(options.json == "-" ? report_json(lab, answers, marks)
          : options.quiet     ? points_text(lab, answers, marks)
                              : report_text(lab, answers, marks));
    const Score score = score_of(marks);
    if (score.not_measured > 0)
        return static_cast<int>(Exit::missing);
    return static_cast<int>(score.full() ? Exit::done : Exit::failed);
}

int complain(const std::string& what, const std::string& next, Exit exit) {
    std::fflush(stdout);
    std::fprintf(stderr, "lab-marker: %s\n", what.c_str());
    if (!next.empty())
        std::fprintf(stderr, "  %s\n", next.c_str());
    return static_cast<int>(exit);
}

int marker(int argc, char** argv) {
    CLI::App app("Marks the answers of lab 0, watch the fault, against the machine.");
    Options options;
    app.add_option("answers", options.answers, "The file that the student filled in")->required();
    app.add_option("--measurement", options.measurement,
                   "Result of `./faultline compare --json FILE`; absent: measures now");
    app.add_option("--json", options.json, "Also write the marks as JSON; - for only JSON");
    app.add_flag("--quiet", options.quiet,
                 "Points only: say of no question whether its answer is right");
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        print(app.help("lab-marker"));
        return 0;
    } catch (const CLI::ParseError& error) {
        return complain(error.what(), "lab-marker --help shows how.", Exit::usage);
    }
    return run(options);
}

} // namespace

int main(int argc, char** argv) {
    faultline::prepare_signals();
    try {
        return marker(argc, argv);
    } catch (const faultline::Failure& failure) {
        // The command's own helpers fail with 1 where they cannot write; here 1 is a mark.
        const bool missing = failure.exit() == Exit::missing;
        return complain(failure.what(), failure.next(), missing ? Exit::missing : Exit::usage);
    } catch (const faultline::Interrupted& interrupted) {
        return 128 + interrupted.signal;
    } catch (const std::exception& error) {
        complain(error.what(), "This is a defect of the marker.", Exit::usage);
    }
    return static_cast<int>(Exit::usage);
}
