// Boots a whole kernel with one program, and holds what the probe saw against what it should see.
// SPDX-License-Identifier: MIT
//
// What the guest prints is quoted, and proves nothing. An exit status counts only together with the
// program's fault, which the probe saw taken and mended.
#include "judge.hpp"

#include "failure.hpp"
#include "interrupt_log.hpp"
#include "source_line.hpp"
#include "text.hpp"

#include "abi/machine_exit.hpp"

namespace lab {

using faultline::hex;

namespace {

constexpr std::chrono::seconds WALL(30);    // a run takes two
constexpr std::uint64_t LIMIT = 60'000'000; // instructions: several times what a boot takes

std::vector<std::string> names_of(const std::vector<faultline::Stage>& stages) {
    std::vector<std::string> names;
    names.reserve(stages.size());
    for (const auto& stage : stages)
        names.push_back(stage.stage);
    return names;
}

// What a machine that ended too early had to say for itself.
std::string last_words(const GuestEnd& end) {
    const auto lines = faultline::lines_of(end.console);
    return lines.empty() || lines.back().empty() ? "" : ": \"" + std::string(lines.back()) + "\"";
}

std::string without_fault(const Case& made, const GuestEnd& end) {
    if (end.ended_with(machine_exit::KERNEL_PANIC))
        return "the kernel panicked before the program came to its fault" + last_words(end);
    if (end.how == GuestEnding::wall || end.how == GuestEnding::output)
        return "the kernel never came to the program: it hung, or trapped again and again. So it "
               "is when " +
               made.kernel.hung;
    return "the program's fault was never taken: " + to_words(end) + last_words(end) +
           (end.ended_with(made.kernel.status)
                ? ". An exit status alone, or what was printed, proves nothing"
                : "");
}

// Too long a road.
std::string without_budget(const Case& made, const faultline::ObservedFault& fault) {
    if (!made.kernel.most)
        return "";
    std::uint64_t count = fault.totals.instructions;
    std::string rows;
    for (const auto& stage : fault.stages) {
        if (stage.stage == "fill")
            count -= stage.instructions;
        else
            rows +=
                (rows.empty() ? "" : ", ") + stage.stage + " " + std::to_string(stage.instructions);
    }
    return count <= *made.kernel.most
               ? ""
               : std::to_string(count) + " instructions without fill: " + rows;
}

std::string problem_of(const Case& made, const GuestEnd& end) {
    if (!end.fault)
        return without_fault(made, end);
    const auto& fault = *end.fault;
    const auto stages = names_of(fault.stages);
    if (fault.access != made.kernel.access)
        return "a fault of a " + fault.access;
    if (stages != made.kernel.stages)
        return "its stages were " + faultline::join(stages) +
               (end.ended_with(made.kernel.status) ? "" : ", and then " + to_words(end)) +
               (end.how == GuestEnding::by_itself ? last_words(end) : "");
    if (fault.completed != made.kernel.completed)
        return fault.completed
                   ? "the access went through"
                   : "the access never went through; " + to_words(end) + last_words(end);
    if (fault.faults != 1)
        return "the instruction faulted " + std::to_string(fault.faults) +
               " times before it went through";
    for (const auto& stage : fault.stages)
        if (stage.stage != "handler" && (stage.domain != "kernel" || stage.mode != "S"))
            return "stage " + stage.stage + " was " + stage.domain + "'s, in mode " + stage.mode;
    if (fault.totals.tlb_flushes < made.kernel.fences)
        return std::to_string(fault.totals.tlb_flushes) + " sfence.vma between trap and return";
    if (made.kernel.crossings && fault.totals.crossings != *made.kernel.crossings)
        return std::to_string(fault.totals.crossings) + " crossings between U and S";
    if (!end.ended_with(made.kernel.status))
        return "afterwards " + to_words(end) + last_words(end);
    if (const auto exits = end.passes.find("exit");
        made.kernel.exits && exits != end.passes.end() && exits->second != *made.kernel.exits)
        return "the machine ended, and exit had been called " + std::to_string(exits->second) +
               " times instead of " + std::to_string(*made.kernel.exits) +
               ": not the program ended it";
    return without_budget(made, fault);
}

// The system library's function, which is not a student's to change.
std::vector<faultline::PlaceToPass> calls_of_exit(const GuestRun& run) {
    for (const auto& image : run.images)
        if (const auto exit = image.symbols.find("os_exit"))
            return {{"exit", exit->address}};
    throw faultline::Failure(faultline::Exit::failed, "the system library has no os_exit",
                             "Build again.");
}

} // namespace

CaseResult judge_kernel(const BuiltTree& tree, const Case& made, Runner& runner) {
    const auto manifest = faultline::load_manifest(tree.guest);
    GuestRun run = program_run(manifest, made.kernel.kernel, made.kernel.program);
    run.limit = LIMIT;
    run.wall = WALL;
    if (made.kernel.exits)
        run.passes = calls_of_exit(run);
    const GuestEnd end = runner.run(run);
    const std::string problem = problem_of(made, end);
    runner.forget(end);
    CaseResult result{.of = &made, .hung = end.how == GuestEnding::wall};
    if (!problem.empty())
        result.finding = finding_of(made, problem);
    return result;
}

} // namespace lab
