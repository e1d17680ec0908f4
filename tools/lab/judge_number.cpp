// Makes a measurement that a student made, and holds the student's number against it.
// SPDX-License-Identifier: MIT
//
// On the student's own tree: what one's own code costs is what was asked.
#include "judge.hpp"

#include "answers.hpp"
#include "failure.hpp"
#include "own_program.hpp"
#include "text.hpp"

#include <cmath>

namespace lab {

namespace {

// What the probe counts in the first fault of SOURCE; nothing when it takes none.
std::optional<faultline::Totals> measure(const BuiltTree& tree, const std::string& source,
                                         Runner& runner) {
    const auto manifest = faultline::load_manifest(tree.guest);
    const auto scratch = runner.folder() / "number";
    std::filesystem::remove_all(scratch);
    std::filesystem::create_directories(scratch);
    const auto own =
        faultline::build_own_program(manifest, tree.top / source, scratch, manifest.disk);
    const auto& kernel = manifest.kernel("monolithic");
    const GuestEnd end =
        runner.run({.kernel = kernel.image,
                    .boot = faultline::boot_line(own.program),
                    .disk = own.disk.file,
                    .images = faultline::load_images(kernel, kernel.image, own.program.file)});
    runner.forget(end);
    std::filesystem::remove_all(scratch);
    if (!end.fault || !end.fault->completed)
        return std::nullopt;
    return end.fault->totals;
}

std::optional<faultline::Totals> measured_once(const BuiltTree& tree, const std::string& source,
                                               Measured& known, Runner& runner) {
    const auto found = known.find(source);
    return found != known.end()
               ? found->second
               : known.emplace(source, measure(tree, source, runner)).first->second;
}

std::uint64_t total_named(const faultline::Totals& totals, const std::string& field) {
    for (const auto& known : faultline::total_fields())
        if (known.key == field)
            return totals.*known.member;
    throw faultline::Failure(faultline::Exit::failed, "the probe has no total " + field, "");
}

std::string plain(const std::string& text) {
    std::string digits;
    for (const char c : text)
        if (c != ',' && c != ' ')
            digits += c;
    return digits;
}

} // namespace

CaseResult judge_number(const BuiltTree& tree, const Case& made, const std::string& answers,
                        Measured& known, Runner& runner) {
    CaseResult result{&made, std::nullopt};
    const auto complain = [&](const std::string& observed) {
        result.finding = finding_of(made, observed);
        return result;
    };
    const auto all = parse_answers("answers.txt", answers, {made.number.key});
    const auto found = all.by_name.find(made.number.key);
    const std::string given = found == all.by_name.end() ? "" : found->second.value;
    if (given.empty())
        return complain(made.number.key + " has no answer");
    const auto number = faultline::parse_number(plain(given));
    if (!number)
        return complain(made.number.key + " is no number: " + given);
    const auto more = measured_once(tree, made.number.more, known, runner);
    const auto less = measured_once(tree, made.number.less, known, runner);
    if (!more || !less)
        return complain("on your kernel the two programs do not take their faults, so nothing can "
                        "be measured");
    const double measured = static_cast<double>(total_named(*more, made.number.field)) -
                            static_cast<double>(total_named(*less, made.number.field));
    const double off = std::abs(static_cast<double>(*number) - measured);
    if (off > std::max(1.0, std::abs(measured) * made.number.percent / 100))
        return complain(made.number.key + " is " + given + ", which is not what the machine says " +
                        "of your kernel");
    return result;
}

} // namespace lab
