// Task 4: figures that are read and computed from the measurement.
// SPDX-License-Identifier: MIT
//
// Figures may be off by a little, because another compiler gives other counts.
#include "watch_the_fault.hpp"

#include "places.hpp"
#include "words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace lab {

namespace {

double share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

bool near(double given, double expected, double tolerance) {
    return std::abs(given - expected) <= tolerance;
}

std::string whole_percent(double value) { return std::to_string(std::lround(value)) + " %"; }

Judgement no_percentage(const std::string& value) {
    return {0, "'" + printable(value) + "' is no percentage; a number from 0 to 100 is asked for"};
}

Judgement judge_fill_percent(const Measurement& measurement, const std::string& value) {
    const auto& kernel = measurement.kernel("monolithic");
    const auto fill = kernel.instructions_in("fill");
    const auto total = kernel.total("instructions");
    const auto given = percent_of(value);
    if (!given)
        return no_percentage(value);
    if (near(*given, share(fill, total), 2))
        return {2, ""};
    std::string start;
    if (near(*given, share(fill, total - std::min(fill, total)), 2))
        start = "that compares fill with the rest, not with the whole; ";
    else if (near(*given, 100 - share(fill, total), 2))
        start = "that is the share of all the rest; ";
    else if (*given < 1 && near(*given * 100, share(fill, total), 2))
        start = "that is the fraction, not the percentage; ";
    return {0, start + "expected " + whole_percent(share(fill, total)) + ": row fill, " +
                   grouped(fill) + ", divided by row instructions, " + grouped(total)};
}

Judgement judge_overhead(const Measurement& measurement, const std::string& value) {
    const auto micro = static_cast<double>(measurement.kernel("micro").total("instructions"));
    const auto mono = static_cast<double>(measurement.kernel("monolithic").total("instructions"));
    const double expected = micro - mono;
    const auto count = count_of(value);
    if (!count)
        return {0, "'" + printable(value) + "' is no count; a whole number is asked for"};
    const auto given = static_cast<double>(*count);
    if (near(given, expected, std::abs(expected) / 5))
        return {4, ""};
    const std::string expects = "expected " + std::to_string(std::lround(expected)) +
                                ": row instructions, micro's " +
                                grouped(static_cast<std::uint64_t>(micro)) + " less monolithic's " +
                                grouped(static_cast<std::uint64_t>(mono));
    if (near(given, micro, micro / 50))
        return {0, "that is all of micro's, not how many more; " + expects};
    if (given >= expected / 2 && given <= expected * 2)
        return {2, "the right size, but off by more than a fifth; " + expects};
    return {0, expects};
}

Judgement judge_grows(const Measurement& measurement, const std::string& value) {
    static constexpr std::array STAGES = {"receive", "dispatch", "resolve", "frame",
                                          "fill",    "install",  "resume"};
    const auto& micro = measurement.kernel("micro");
    const auto& mono = measurement.kernel("monolithic");
    const auto growth = [&](const std::string& stage) {
        return static_cast<std::int64_t>(micro.instructions_in(stage)) -
               static_cast<std::int64_t>(mono.instructions_in(stage));
    };
    std::string most = STAGES.front();
    for (const std::string stage : STAGES)
        most = growth(stage) > growth(most) ? stage : most;
    const auto given = stage_of(value);
    if (given && growth(*given) == growth(most))
        return {2, ""};
    const std::string start = given ? *given + " grows by " + std::to_string(growth(*given))
                                    : "'" + printable(value) + "' is no stage";
    return {0, start + "; expected " + most + ", which grows by " + std::to_string(growth(most)) +
                   " instructions; see " + place_in_words("micro", most)};
}

Judgement judge_user_percent(const Measurement& measurement, const std::string& value) {
    const auto& kernel = measurement.kernel("exo");
    std::uint64_t user = 0;
    std::uint64_t fill = 0;
    for (const auto& stage : kernel.stages()) {
        user += stage.mode == "U" ? stage.instructions : 0;
        fill += stage.mode == "U" && stage.stage == "fill" ? stage.instructions : 0;
    }
    const auto total = kernel.total("instructions");
    const auto given = percent_of(value);
    if (!given)
        return no_percentage(value);
    if (near(*given, share(user, total), 3))
        return {2, ""};
    std::string start;
    if (near(*given, 100 - share(user, total), 3))
        start = "that is the share of the stages of mode S; ";
    else if (near(*given, share(user - fill, total), 3))
        start = "fill runs in mode U too; ";
    return {0, start + "expected " + whole_percent(share(user, total)) +
                   ": the rows of mode U in exo's column, " + grouped(user) +
                   " instructions together, divided by row instructions, " + grouped(total)};
}

} // namespace

void add_number_questions(std::vector<Question>& questions) {
    questions.push_back(
        {.name = "monolithic.fill.percent",
         .task = 4,
         .points = 2,
         .asks = "what share of the monolithic kernel's instructions is fill, in percent?",
         .judge = judge_fill_percent});
    questions.push_back({.name = "micro.overhead",
                         .task = 4,
                         .points = 4,
                         .asks = "how many more instructions than monolithic does micro execute?",
                         .judge = judge_overhead});
    questions.push_back(
        {.name = "micro.grows",
         .task = 4,
         .points = 2,
         .asks = "which stage grows most from monolithic to micro, in instructions?",
         .judge = judge_grows});
    questions.push_back(
        {.name = "exo.user.percent",
         .task = 4,
         .points = 2,
         .asks = "what share of exo's instructions belongs to stages of mode U, in percent?",
         .judge = judge_user_percent});
}

} // namespace lab
