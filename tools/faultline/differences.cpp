// What must be the same on every kernel, checked.
// SPDX-License-Identifier: MIT
//
// The comparison is only worth something if program, PC, address, cause and result agree: then what
// differs is the structure. compare_text.cpp says loudly when they do not.
#include "abi/machine_exit.hpp"
#include "machine.hpp"
#include "observation.hpp"
#include "text.hpp"
#include "visible.hpp"

#include <functional>

namespace faultline {

static std::string or_none(const std::optional<std::string>& text) { return text.value_or("none"); }

static std::string quoted_end(const std::string& output) {
    auto line = last_lines(output, 1);
    line = line.substr(0, line.find('\n')); // it may have been folded
    return line.empty() ? "nothing" : "\"" + line.substr(line.find_first_not_of(' ')) + "\"";
}

std::vector<std::string> differences(const Comparison& comparison) {
    struct Aspect {
        const char* name;
        std::function<std::string(const Observation&)> key;  // what is compared
        std::function<std::string(const Observation&)> show; // how it is shown
    };
    const auto pc = [](const Observation& kernel) {
        return kernel.fault && kernel.fault->pc ? hex(*kernel.fault->pc) : "none";
    };
    const auto address = [](const Observation& kernel) {
        return kernel.address ? hex(*kernel.address) : "none";
    };
    const auto cause = [](const Observation& kernel) {
        return or_none(kernel.cause ? std::optional(words(*kernel.cause)) : std::nullopt);
    };
    const auto meaning = [](const Observation& kernel) { return kernel.meaning; };
    const auto output = [](const Observation& kernel) { return kernel.output; };
    const auto kind = [](const Observation& kernel) {
        return kernel.fault ? kernel.fault->kind : "none";
    };
    const auto completed = [](const Observation& kernel) {
        return std::string(!kernel.fault             ? "none"
                           : kernel.fault->completed ? "completed"
                                                     : "not completed");
    };
    std::vector<Aspect> aspects = {
        {"what happened", kind, kind}, {"pc", pc, pc},
        {"cause", cause, cause},       {"the instruction", completed, completed},
        {"result", meaning, meaning},
    };
    // What a program prints as figures, a kernel's policy decides, and so which access faults.
    if (!comparison.figures)
        aspects.push_back({"virtual address", address, address});
    if (!comparison.figures)
        aspects.push_back({"output", output,
                           [](const Observation& kernel) { return quoted_end(kernel.output); }});
    std::vector<std::string> result;
    for (const auto& aspect : aspects) {
        bool same = true;
        std::vector<std::string> values;
        std::optional<std::string> first;
        for (const auto& kernel : comparison.kernels) {
            if (kernel.is_not_yet())
                continue;
            const auto key = aspect.key(kernel);
            same = same && key == first.value_or(key);
            first = first.value_or(key);
            values.push_back(kernel.kernel + " " + aspect.show(kernel));
        }
        if (!same)
            result.push_back(std::string(aspect.name) + ": " + join(values, ", "));
    }
    return result;
}

std::optional<std::string> problem_of(const Observation& observation) {
    if (!observation.missing.empty())
        return std::nullopt;
    // A program may end with any status of its own, or be ended for its own fault: the fault is
    // what is compared. That the kernel failed is another matter.
    const bool kernel_failed = observation.status > machine_exit::LAST_OF_PROGRAM &&
                               observation.status != machine_exit::PROGRAM_FAULT;
    if (kernel_failed) {
        const auto advice = exit_advice(observation.status);
        return observation.meaning + (advice.empty() ? "" : "\n  " + advice);
    }
    if (!observation.fault && observation.refused.empty())
        return observation.program +
               (observation.has_label
                    ? " took no page fault, call, exception or interrupt at its label "
                      "scenario_fault"
                    : " took no page fault") +
               ", so there is nothing to compare\n"
               "  Choose a scenario, or touch fresh memory in the program.";
    return std::nullopt; // an instruction that never completed is a result: its program was ended
}

} // namespace faultline
