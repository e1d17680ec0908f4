// A submission in the pristine tree: what is compiled, what is refused, what still counts.
// SPDX-License-Identifier: MIT
//
// On lab 1: its starter and its solution, cut from this tree.
#include "cut.hpp"
#include "pristine.hpp"
#include "sandboxes.hpp"
#include "scratch.hpp"
#include "student_build.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace lab;
namespace fs = std::filesystem;

TEST_CASE("the solution builds in every sandbox, to the same images") {
    const auto top = faultline::Tree::here().top;
    const auto lab = find_lab(top, "1");
    const auto pristine = pristine_tree(lab, top);
    const faultline::Scratch cut;
    cut_tree(lab, top, cut.path() / "solution", Cut::solution);
    const auto submission = take_submission(cut.path() / "solution", lab.files);
    std::vector<std::string> hashes;
    for (const auto& sandbox : working_sandboxes()) {
        CAPTURE(to_words(sandbox->kind()));
        const faultline::Scratch scratch;
        chmod(scratch.path().c_str(), 0711);
        const auto built = build_student(pristine.plan, submission,
                                         {.sandbox = *sandbox,
                                          .folder = scratch.path(),
                                          .images = pristine.images,
                                          .at_a_time = 2});
        CAPTURE(built.messages);
        for (const auto& finding : built.refused)
            MESSAGE(finding.test << ": " << finding.observed);
        CHECK(built.refused.empty());
        CHECK(built.replaced.empty());
        REQUIRE(built.is_whole);
        for (const auto& image : built.images)
            hashes.push_back(image.image + " " + image.sha256);
    }
    for (std::size_t i = 0; i < hashes.size(); ++i)
        CHECK(hashes[i] == hashes[i % pristine.images.size()]);
}
