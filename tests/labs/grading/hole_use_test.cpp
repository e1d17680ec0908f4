// Which objects a lab's holes reach, and when a submission is compiled by them alone.
// SPDX-License-Identifier: MIT
#include "hole_use.hpp"
#include "pristine.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <doctest/doctest.h>

using namespace lab;

namespace {

std::vector<std::string> words(const std::string& text) { return faultline::split(text, ' '); }

} // namespace

TEST_CASE("a text keeps its frame whatever stands in its holes, and not when the rest changes") {
    const Frame frame = {words("int f ( ) {"), words("} int g ( ) {"), words("} int last ;")};
    CHECK(keeps_frame("int f() { return 1; } int g() { if (x) { y(); } } int last;", frame));
    CHECK(keeps_frame("int f() {} /* a word */ int g() {} // another\nint last;", frame));
    CHECK_FALSE(keeps_frame("long f() {} int g() {} int last;", frame));
    CHECK_FALSE(keeps_frame("int f() {} int h() {} int last;", frame));
    CHECK_FALSE(keeps_frame("int f() {} int g() {} int last; int more;", frame));
    CHECK_FALSE(keeps_frame("int more; int f() {} int g() {} int last;", frame));
    CHECK_FALSE(keeps_frame("int f() {", frame));
    CHECK_FALSE(keeps_frame("", frame));
    CHECK(keeps_frame("a b", {words("a b")}));
    CHECK_FALSE(keeps_frame("a c b", {words("a b")}));
}

TEST_CASE("the starter and the solution of a lab keep its frames; some objects hold its holes") {
    const auto top = faultline::Tree::here().top;
    const auto lab = find_lab(top, "1");
    const auto pristine = pristine_tree(lab, top);
    for (const auto& [file, frame] : frames_of(lab, top)) {
        CAPTURE(file.string());
        CHECK(frame.size() > 1);
        CHECK(keeps_frame(faultline::read_file(pristine.plan.top / file), frame));
        CHECK(keeps_frame(faultline::read_file(top / file), frame));
    }
    const auto has = [&](const std::string& source) {
        for (const auto& object : pristine.with_holes)
            if (object.find(source) != object.npos)
                return true;
        return false;
    };
    CHECK(has("hal.dir/address_space.cpp"));
    CHECK(has("rig_steps.cpp"));
    CHECK(pristine.with_holes.size() < 20);
}
