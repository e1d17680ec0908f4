// Judges a built tree by a lab's cases of a seed, visible and hidden, without a sandbox.
// SPDX-License-Identifier: MIT
//
//     sv39-judged TREE [SEED [LAB]]     TREE/build/default/guest-release is its guest
//
// For whoever writes cases or wrong solutions: `lab validate` builds each for itself.
#include "author/cases.hpp"
#include "check.hpp"
#include "judge.hpp"

#include "scratch.hpp"
#include "tree.hpp"

#include <cstdio>
#include <filesystem>
#include <string>

int main(int argc, char** argv) {
    if (argc < 2)
        return 2;
    faultline::prepare_signals();
    try {
        const std::filesystem::path top = argv[1];
        const std::uint64_t seed = argc > 2 ? std::stoull(argv[2]) : 0;
        const auto lab = lab::find_lab(faultline::Tree::here().top, argc > 3 ? argv[3] : "sv39");
        auto cases = lab::cases_of(lab, seed, lab::Shown::visible);
        for (auto& hidden : lab::cases_of(lab, seed, lab::Shown::hidden))
            cases.push_back(std::move(hidden));
        const faultline::Scratch scratch;
        const auto sandbox = lab::make_sandbox(lab::SandboxKind::none);
        lab::Runner runner(*sandbox, scratch.path());
        const auto result =
            lab::judge(lab, {top, top / "build/default/guest-release"}, cases, runner);
        std::fputs(lab::result_text(result, 100).c_str(), stdout);
    } catch (const faultline::Failure& failure) {
        std::fprintf(stderr, "%s\n  %s\n", failure.what(), failure.next().c_str());
        return 1;
    }
    return 0;
}
