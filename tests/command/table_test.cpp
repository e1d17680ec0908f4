// Text in columns, and the comparison's table at every width.
// SPDX-License-Identifier: MIT
//
// The table is what people see first: all kernels side by side, no line longer than the terminal.
#include "compare_table.hpp"
#include "observation.hpp"
#include "table.hpp"
#include "text.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace faultline;

namespace {

struct Road {
    std::string domain;
    std::string mode;
};

Observation seen(const std::string& kernel, const Road& road, std::uint64_t factor = 1) {
    ObservedFault fault{.pc = 0x11000196,
                        .address = 0x11801000,
                        .access = "store",
                        .faults = 1,
                        .completed = true,
                        .stages = {},
                        .totals = {}};
    const auto stage = [&](const char* name, const Road& where, std::uint64_t count) {
        fault.stages.push_back(
            {name, where.domain, where.mode, count * factor, {{where.domain, count * factor}}});
    };
    const Road in_kernel{"kernel", "S"};
    stage("receive", in_kernel, 69);
    stage("dispatch", in_kernel, 117);
    stage("resolve", road, 50);
    stage("frame", road, 61);
    stage("fill", road, 678);
    stage("install", in_kernel, 226);
    stage("resume", in_kernel, 76);
    fault.totals.instructions = 1277 * factor;
    fault.totals.loads = 167 * factor;
    return {.kernel = kernel,
            .program = "zero-fill",
            .meaning = "zero-fill ended with exit status 0",
            .output = "ok\n",
            .fault = fault,
            .cause = Cause::store_page_fault,
            .address = 0x11801000};
}

Comparison comparison(std::uint64_t factor = 1) {
    return {.scenario = "zero-fill",
            .build = "release",
            .timer = "SBI",
            .kernels = {seen("monolithic", {"kernel", "S"}, factor),
                        seen("micro", {"pager", "U"}, factor),
                        seen("spin", {"extension", "S"}, factor),
                        seen("exo", {"library OS", "U"}, factor)}};
}

std::size_t width_of(const std::string& text) {
    std::size_t width = 0;
    for (const auto& line : lines_of(text))
        width = std::max(width, line.size());
    return width;
}

// The names stand in one line: the kernels stand side by side.
bool has_one_heading(const std::string& text) {
    for (const auto& line : lines_of(text))
        if (line.starts_with(" ") && line.find(" monolithic ") != line.npos)
            return line.find(" micro ") != line.npos && line.find(" spin ") != line.npos &&
                   line.ends_with(" exo");
    return false;
}

} // namespace

TEST_CASE("columns are as narrow as their rows permit") {
    Table table({{}, {.gap = 2}, {.align = Align::right}});
    table.row({"", "heading", ""});
    table.row({"a", "bb", "3"});
    table.row({"long", "", "12"});
    table.blank();
    table.row({"a sum", "", "1,234"});
    CHECK(table.text() == "   heading\n"
                          "a  bb     3\n"
                          "long     12\n"
                          "\n"
                          "a sum 1,234\n");
}

TEST_CASE("a cell that runs on pushes only what stands in its own row") {
    Table table({{}, {.align = Align::right, .gap = 2}, {.align = Align::right, .gap = 2}});
    table.row({"", "monolithic", "exo"}); // its heading runs on over the labels
    table.row({"receive", "69", "25"});
    CHECK(table.text() == " monolithic  exo\n"
                          "receive  69   25\n");
}

TEST_CASE("four kernels stand side by side at 100, 80, 60 and 40 columns") {
    for (const std::size_t width : {100, 80, 60, 40}) {
        CAPTURE(width);
        const auto text = comparison_text(comparison(), width);
        CAPTURE(text);
        CHECK(width_of(text) <= width);
        CHECK(has_one_heading(text));
        for (const char* figure : {"69", "117", "678", "1,277", "226"})
            CHECK(text.find(figure) != std::string::npos);
        for (const char* domain : {"kernel", "pager", "extension", "library OS"})
            CHECK(text.find(domain) != std::string::npos);
    }
    CHECK(comparison_text(comparison(), 100) == comparison_text(comparison(), 80));
}

TEST_CASE("a narrow table has letters for the domains, and says what they mean") {
    for (const std::size_t width : {60, 40}) {
        const auto text = comparison_text(comparison(), width);
        CAPTURE(text);
        std::string legend = text;
        std::ranges::replace(legend, '\n', ' ');
        CHECK(legend.find("K kernel (S-mode), P pager (U-mode), E extension (S-mode), "
                          "L library OS (U-mode)") != std::string::npos);
        CHECK(text.find("K  69") != std::string::npos);
        CHECK(text.find("L  50") != std::string::npos);
    }
    CHECK(comparison_text(comparison(), 80).find("S-mode") == std::string::npos);
}

TEST_CASE("figures of any size keep within the width, if need be below each other") {
    for (const std::uint64_t factor : {10ULL, 1000ULL, 100'000ULL, 1'000'000'000ULL})
        for (const std::size_t width : {100, 80, 60, 40}) {
            CAPTURE(factor);
            CAPTURE(width);
            const auto text = comparison_text(comparison(factor), width);
            CAPTURE(text);
            CHECK(width_of(text) <= width);
            for (const char* kernel : {"monolithic", "micro", "spin", "exo"})
                CHECK(text.find(std::string(" ") + kernel) != std::string::npos);
            CHECK(text.find(grouped(678 * factor)) != std::string::npos);
        }
    CHECK(has_one_heading(comparison_text(comparison(1000), 80)));
}

TEST_CASE("whatever is said around the table keeps within the width, too") {
    for (const std::size_t width : {80, 60, 40}) {
        auto other = comparison();
        other.scenario = "a-program-of-ones-own-with-a-name-that-is-quite-long";
        other.kernels[1].output = std::string(300, 'x') + "\n";
        other.kernels[2].status = 123;
        other.kernels[2].meaning = "the kernel panicked: one of its own invariants is broken";
        other.kernels[3].refused = {"fork", "exec", "open"};
        const auto text = comparison_text(other, width);
        CAPTURE(text);
        CHECK(width_of(text) <= width);
        other.figures = true;
        CHECK(width_of(comparison_text(other, width)) <= width);
    }
}

TEST_CASE("a stage that ran again, and one that did not run, have their places at every width") {
    auto other = comparison();
    other.kernels[0].fault->stages.push_back({"receive", "kernel", "S", 33, {{"kernel", 33}}});
    other.kernels[3].fault->stages.pop_back();
    for (const std::size_t width : {80, 60, 40}) {
        const auto text = comparison_text(other, width);
        CAPTURE(text);
        CHECK(width_of(text) <= width);
        CHECK(text.find("\n  again ") != std::string::npos);
        CHECK(text.find("33 ") != std::string::npos);
        CHECK(text.find(" -\n") != std::string::npos);
    }
}
