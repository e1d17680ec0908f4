// The comparison's two reports: the table and the JSON contract.
// SPDX-License-Identifier: MIT
//
// Made from observations by hand, so that the layout is pinned without a machine.
#include "observation.hpp"
#include "text.hpp"

#include <doctest/doctest.h>
#include <span>

using namespace faultline;

static Observation seen(const std::string& kernel, const std::string& domain) {
    ObservedFault fault{.pc = 0x11000196,
                        .address = 0x11801000,
                        .access = "store",
                        .faults = 1,
                        .completed = true,
                        .stages = {},
                        .totals = {}};
    fault.stages = {{"receive", "kernel", "S", 77, {{"kernel", 77}}},
                    {"fill", domain, "U", 1664, {{"kernel", 4}, {domain, 1660}}}};
    fault.totals.instructions = 1741;
    fault.totals.crossings = 2;
    return {.kernel = kernel,
            .program = "zero-fill",
            .status = 0,
            .meaning = "zero-fill ended with exit status 0",
            .output = "ok\n",
            .fault = fault,
            .cause = Cause::store_page_fault,
            .address = 0x11801000};
}

static Comparison comparison() {
    return {.scenario = "zero-fill",
            .build = "release",
            .timer = "SBI",
            .kernels = {seen("monolithic", "kernel"), seen("micro", "pager"),
                        seen("spin", "extension"), seen("exo", "library OS")}};
}

TEST_CASE("a difference in what should be the same is said") {
    auto other = comparison();
    other.kernels[1].fault->pc = 0x1100019a;
    other.kernels[2].output = "wrong\n";
    const auto list = differences(other);
    REQUIRE(list.size() == 2);
    CHECK(list[0] ==
          "pc: monolithic 0x11000196, micro 0x1100019a, spin 0x11000196, exo 0x11000196");
    CHECK(list[1] == "output: monolithic \"ok\", micro \"ok\", spin \"wrong\", exo \"ok\"");
    const auto text = comparison_text(other);
    CHECK(text.find("NOT THE SAME: pc") != std::string::npos);
    CHECK(text.find("The same on all") == std::string::npos);
}

TEST_CASE("structure may differ without complaint") {
    auto other = comparison();
    other.kernels[3].fault->stages.pop_back();
    other.kernels[3].fault->totals.crossings = 4;
    CHECK(differences(other).empty());
    CHECK(comparison_text(other).find(" -") != std::string::npos);
}

TEST_CASE("a kernel that fails is named with its reason") {
    auto other = comparison();
    other.kernels[1].status = 123;
    other.kernels[1].meaning = "the kernel panicked";
    CHECK(problem_of(other.kernels[1])->starts_with("the kernel panicked"));
    CHECK_FALSE(problem_of(other.kernels[0]));
    other.kernels[0].fault.reset();
    CHECK(problem_of(other.kernels[0])->find("no page fault") != std::string::npos);
}

TEST_CASE("a program that was ended for its fault is a result, if it was on all kernels") {
    auto other = comparison();
    other.kernels[2].fault->completed = false;
    CHECK_FALSE(problem_of(other.kernels[2]));
    REQUIRE(differences(other).size() == 1);
    CHECK(differences(other)[0] == "the instruction: monolithic completed, micro completed, "
                                   "spin not completed, exo completed");
    for (auto& kernel : other.kernels)
        kernel.fault->completed = false;
    CHECK(differences(other).empty());
    CHECK(comparison_text(other).find("never completed") != std::string::npos);
}

static Observation not_yet(const std::string& kernel, std::vector<std::string> missing) {
    Observation seen{};
    seen.kernel = kernel;
    seen.missing = std::move(missing);
    return seen;
}

TEST_CASE("a kernel that cannot run the scenario yet says what it lacks, and is no difference") {
    auto other = comparison();
    other.kernels[0] = not_yet("monolithic", {"files"});
    other.kernels[2] = not_yet("spin", {"files", "fork"});
    CHECK(differences(other).empty());
    CHECK_FALSE(problem_of(other.kernels[0]));
    const auto text = comparison_text(other);
    CHECK(text.find("The same on micro and exo: program zero-fill") != std::string::npos);
    CHECK(text.find("not yet") != std::string::npos);
    CHECK(text.find("Not yet on monolithic: it lacks files.\n"
                    "Not yet on spin: it lacks files and fork.\n") != std::string::npos);
    CHECK(comparison_json(other).find("{\n      \"kernel\": \"spin\",\n      \"missing\": [\n"
                                      "        \"files\",\n        \"fork\"\n      ]\n    }") !=
          std::string::npos);
    for (auto& kernel : other.kernels)
        kernel = not_yet(kernel.kernel, {"files"});
    CHECK(comparison_text(other).find("receive") == std::string::npos);
    CHECK(comparison_text(other).find("Not yet on exo") != std::string::npos);
}

TEST_CASE("a call that a kernel does not have is said beside it, and is no difference") {
    auto other = comparison();
    other.kernels[1].refused = {"fork"};
    other.kernels[1].output = "no fork\n";
    other.kernels[1].meaning = "zero-fill ended with exit status 1";
    other.kernels[2].refused = {"fork", "open"};
    other.kernels[2].fault.reset();
    CHECK(differences(other).empty());
    CHECK_FALSE(problem_of(other.kernels[2]));
    const auto text = comparison_text(other);
    CHECK(text.find("all of them") == std::string::npos);
    CHECK(text.find("The same on monolithic and exo: program") != std::string::npos);
    CHECK(text.find("\ndoes not have ") != std::string::npos);
    CHECK(text.find(" fork +1") != std::string::npos);
    CHECK(text.find("Not yet on micro: fork. ") != std::string::npos);
    CHECK(text.find("Not yet on spin: fork and open. ") != std::string::npos);
    CHECK(text.find("not yet") != std::string::npos); // in the column of the one without figures
    CHECK(comparison_json(other).find("\"refused\": [\n        \"fork\"\n      ]") !=
          std::string::npos);
    other.kernels[3].output = "other\n"; // of those that have it all, one differs
    CHECK(differences(other).size() == 1);
    other.kernels[1].status = 123; // whatever was refused, a kernel must not panic
    CHECK(problem_of(other.kernels[1]));
}

TEST_CASE("what is no page fault shows domains instead of stages") {
    auto other = comparison();
    for (auto& kernel : other.kernels) {
        kernel.fault->kind = "exception";
        kernel.cause = Cause::illegal_instruction;
        kernel.address.reset();
        kernel.fault->stages = {{"handle", "kernel", "S", 90, {{"kernel", 80}, {"program", 10}}}};
    }
    auto text = comparison_text(other);
    for (std::size_t at = 0; (at = text.find("\n  ")) != text.npos;) // as it was before lines ended
        text.replace(at, 3, " ");
    CHECK(text.find("cause 2 (illegal instruction)") != std::string::npos);
    CHECK(text.find("This is no page fault") != std::string::npos);
    CHECK(text.find("in kernel ") != std::string::npos);
    CHECK(text.find("in program ") != std::string::npos);
    CHECK(text.find("receive") == std::string::npos);
    CHECK(text.find("times it faulted") == std::string::npos);
    other.kernels[1].fault->kind = "call";
    CHECK(differences(other)[0].starts_with("what happened: monolithic exception, micro call"));
}

TEST_CASE("figures that a program prints may differ, and are shown") {
    auto other = comparison();
    other.figures = true;
    CHECK(comparison_text(other).find("printed") == std::string::npos); // all the same
    other.kernels[1].output = "one\ntwo\nthree\nfour\n24 faults\n";
    CHECK(differences(other).empty());
    const auto text = comparison_text(other);
    CHECK(text.find("zero-fill on micro printed at its end:\n    two\n    three\n    four\n"
                    "    24 faults\n") != std::string::npos);
    CHECK(text.find("the same output") == std::string::npos);
}

TEST_CASE("idle time and other threads are rows where there are any") {
    auto other = comparison();
    CHECK(comparison_text(other).find("idle") == std::string::npos);
    other.kernels[3].fault->totals.idle_instructions = 1234;
    CHECK(comparison_text(other).find("idle instructions") != std::string::npos);
    CHECK(comparison_text(other).find("1,234") != std::string::npos);
}

TEST_CASE("the program's own handler is a row where there is one") {
    auto other = comparison();
    CHECK(comparison_text(other).find("handler") == std::string::npos);
    other.kernels[0].fault->stages.push_back({"handler", "program", "U", 9, {{"program", 9}}});
    CHECK(comparison_text(other).find("\nhandler  ") != std::string::npos);
}

TEST_CASE("kernels that cannot run the scenario yet take no room where there is none") {
    auto other = comparison();
    other.kernels[0].fault->totals.instructions = 123'456'789'012'345;
    other.kernels[0].fault->totals.loads = 123'456'789'012'345;
    for (auto& kernel : std::span(other.kernels).subspan(1)) {
        kernel.fault = std::nullopt;
        kernel.missing = {"files"};
    }
    const auto text = comparison_text(other, 40);
    CAPTURE(text);
    CHECK(text.find("exo\n") == std::string::npos); // no heading
    CHECK(text.find("Not yet on " + other.kernels.back().kernel) != std::string::npos);
}

TEST_CASE("the JSON contract, byte for byte") {
    Comparison one{.scenario = "zero-fill",
                   .build = "release",
                   .timer = "SBI",
                   .kernels = {seen("micro", "pager")}};
    one.kernels[0].fault->stages.erase(one.kernels[0].fault->stages.begin());
    CHECK(comparison_json(one) == R"({
  "version": 1,
  "scenario": "zero-fill",
  "kernels": [
    {
      "kernel": "micro",
      "kind": "page fault",
      "pc": "0x11000196",
      "va": "0x11801000",
      "cause": "store page fault",
      "faults": 1,
      "completed": true,
      "stages": [
        {
          "stage": "fill",
          "domain": "pager",
          "mode": "U",
          "instructions": 1664,
          "by_domain": {
            "kernel": 4,
            "pager": 1660
          }
        }
      ],
      "totals": {
        "instructions": 1741,
        "crossings": 2,
        "address_space_switches": 0,
        "tlb_flushes": 0,
        "loads": 0,
        "stores": 0,
        "bytes_copied": 0,
        "interrupts": 0,
        "interrupt_instructions": 0,
        "sbi_calls": 0,
        "firmware_instructions": 0,
        "idle_instructions": 0,
        "other_instructions": 0
      },
      "result": {
        "status": 0,
        "meaning": "zero-fill ended with exit status 0"
      }
    }
  ]
}
)");
}

TEST_CASE("a program without a fault is null in JSON, not absent") {
    Comparison one{.scenario = "hello",
                   .build = "release",
                   .timer = "SBI",
                   .kernels = {seen("micro", "pager")}};
    one.kernels[0].fault.reset();
    one.kernels[0].cause.reset();
    one.kernels[0].address.reset();
    const auto json = comparison_json(one);
    for (const char* part : {"\"pc\": null", "\"va\": null", "\"cause\": null", "\"faults\": 0",
                             "\"stages\": []", "\"totals\": null"})
        CHECK(json.find(part) != std::string::npos);
}
