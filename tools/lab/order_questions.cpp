// Task 3: which kernel, which stage costs more.
// SPDX-License-Identifier: MIT
//
// Kernels within a twentieth of each other count as equal, so that a change of compiler does not
// turn a right answer into a wrong one.
#include "watch_the_fault.hpp"

#include "places.hpp"
#include "text.hpp"
#include "words.hpp"

#include <algorithm>

namespace lab {

namespace {

using Numbers = std::vector<std::pair<std::string, std::uint64_t>>; // name, instructions

Numbers numbers_of(const Measurement& measurement, const std::string& stage) {
    Numbers numbers;
    for (const auto& name : KERNELS) {
        const auto& kernel = measurement.kernel(name);
        numbers.emplace_back(name, stage.empty() ? kernel.total("instructions")
                                                 : kernel.instructions_in(stage));
    }
    std::ranges::stable_sort(numbers, {}, &Numbers::value_type::second);
    return numbers;
}

std::string in_words(const Numbers& numbers) {
    std::vector<std::string> words;
    for (const auto& [name, number] : numbers)
        words.push_back(name + " " + grouped(number));
    return faultline::join(words);
}

std::uint64_t number_of(const Numbers& numbers, const std::string& name) {
    return std::ranges::find(numbers, name, &Numbers::value_type::first)->second;
}

// Is it right to name a before b? Yes, unless a is greater by more than a twentieth.
bool may_precede(std::uint64_t a, std::uint64_t b) { return a * 20 <= b * 21; }

Judgement judge_order(const Measurement& measurement, const std::string& value) {
    const auto numbers = numbers_of(measurement, "");
    const auto given = kernels_in_order(value);
    auto sorted = given.value_or(std::vector<std::string>{});
    std::ranges::sort(sorted);
    auto all = KERNELS;
    std::ranges::sort(all);
    if (sorted != all)
        return {0, "'" + printable(value) + "' does not name each of " + faultline::join(KERNELS) +
                       " once, fewest instructions first"};
    unsigned right = 0;
    std::string first_wrong;
    for (std::size_t i = 0; i < given->size(); ++i)
        for (std::size_t j = i + 1; j < given->size(); ++j) {
            if (may_precede(number_of(numbers, (*given)[i]), number_of(numbers, (*given)[j])))
                ++right;
            else if (first_wrong.empty())
                first_wrong = (*given)[i] + " does not come before " + (*given)[j] + "; ";
        }
    return {right, first_wrong + "expected, fewest first: " + in_words(numbers) +
                       " (row `instructions`); compare the rows dispatch, install and resume to "
                       "see where they part"};
}

Judgement judge_most_dispatch(const Measurement& measurement, const std::string& value) {
    const auto numbers = numbers_of(measurement, "dispatch");
    const auto given = kernel_of(value);
    if (!given)
        return {0, "'" + printable(value) + "' is none of " + faultline::join(KERNELS)};
    const auto& [most, largest] = numbers.back();
    if (may_precede(largest, number_of(numbers, *given)))
        return {2, ""};
    return {0, "expected " + most + ", not " + *given + ": in dispatch run " + in_words(numbers) +
                   " instructions; dispatch lasts until the handler is entered, see " +
                   place_in_words(most, "dispatch")};
}

Judgement judge_fill_differs(const Measurement& measurement, const std::string& value) {
    const auto numbers = numbers_of(measurement, "fill");
    const bool differs = numbers.back().second * 10 > numbers.front().second * 11;
    const auto given = yes_or_no(value);
    if (given == differs)
        return {2, ""};
    const std::string start = given ? "" : "'" + printable(value) + "' is neither yes nor no; ";
    return {0, start + "expected " + (differs ? "yes" : "no") + ": in fill run " +
                   in_words(numbers) +
                   " instructions; all kernels run the same source there, services/vm/fault.cpp, "
                   "only its place differs"};
}

Judgement judge_largest(const Measurement& measurement, const std::string& value) {
    const auto& kernel = measurement.kernel("monolithic");
    Numbers numbers;
    for (const auto& stage : kernel.stages())
        if (std::ranges::find(numbers, stage.stage, &Numbers::value_type::first) == numbers.end())
            numbers.emplace_back(stage.stage, kernel.instructions_in(stage.stage));
    if (numbers.empty())
        throw NotMeasured("in this measurement the monolithic kernel has no stages");
    const auto& [largest, most] =
        *std::ranges::max_element(numbers, {}, &Numbers::value_type::second);
    const auto given = stage_of(value);
    if (given && kernel.instructions_in(*given) == most)
        return {2, ""};
    const std::string start = given ? "not " + *given : "'" + printable(value) + "' is no stage";
    return {0, start + "; expected " + largest + ": " + grouped(most) + " of " +
                   grouped(kernel.total("instructions")) + " instructions; see " +
                   place_in_words("monolithic", largest)};
}

} // namespace

void add_order_questions(std::vector<Question>& questions) {
    questions.push_back({.name = "order.instructions",
                         .task = 3,
                         .points = 6,
                         .asks = "the four kernels, the one with the fewest instructions first?",
                         .judge = judge_order});
    questions.push_back({.name = "most.dispatch",
                         .task = 3,
                         .points = 2,
                         .asks = "which kernel spends most instructions in dispatch?",
                         .judge = judge_most_dispatch});
    questions.push_back(
        {.name = "fill.differs",
         .task = 3,
         .points = 2,
         .asks = "does fill differ by more than a tenth between kernels, yes or no?",
         .judge = judge_fill_differs});
    questions.push_back({.name = "monolithic.largest",
                         .task = 3,
                         .points = 2,
                         .asks = "which stage takes most instructions on the monolithic kernel?",
                         .judge = judge_largest});
}

} // namespace lab
