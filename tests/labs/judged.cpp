// Judges a built tree by a lab's cases of a seed, visible and hidden, without a sandbox.
// SPDX-License-Identifier: MIT
//
//     lab-judged LAB TREE [SEED]            TREE/build/default/guest-release is its guest
//     lab-judged 3 TREE SEED --answers      only writes the right answers.txt of lab 3 for it
//
// For whoever writes cases or wrong solutions: `lab validate` builds each for itself.
#include "author/cases.hpp"
#include "author/replacement_cases.hpp"
#include "check.hpp"
#include "judge.hpp"
#include "result_formats.hpp"

#include "scratch.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

int main(int argc, char** argv) {
    if (argc < 3)
        return 2;
    faultline::prepare_signals();
    try {
        const auto lab = lab::find_lab(faultline::Tree::here().top, argv[1]);
        const std::filesystem::path top = argv[2];
        const std::uint64_t seed = argc > 3 ? std::stoull(argv[3]) : 0;
        const lab::BuiltTree tree{top, top / "build/default/guest-release"};
        const faultline::Scratch scratch;
        const auto sandbox = lab::make_sandbox(lab::SandboxKind::none);
        lab::Runner runner(*sandbox, scratch.path());
        if (argc > 4 && lab.number == 3 && std::string_view(argv[4]) == "--answers") {
            faultline::write_file(top / "labs/03-replacement/answers.txt",
                                  lab::replacement_answers(seed, tree, runner));
            return 0;
        }
        const auto cases = lab::all_cases(lab, seed);
        const auto result = lab::judge(lab, tree, cases, runner);
        std::fputs(lab::result_text(result, lab::Reader::teacher, 100).c_str(), stdout);
    } catch (const faultline::Failure& failure) {
        std::fprintf(stderr, "%s\n  %s\n", failure.what(), failure.next().c_str());
        return 1;
    }
    return 0;
}
