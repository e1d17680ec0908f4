// Task 2: in which protection domain and in which mode a stage runs.
// SPDX-License-Identifier: MIT
//
// Two questions a stage, a point each.
#include "watch_the_fault.hpp"

#include "places.hpp"
#include "words.hpp"

namespace lab {

namespace {

struct Asked {
    std::string kernel;
    std::string stage;
    std::string because; // why it is so
};

const std::vector<Asked> ASKED = {
    {"monolithic", "fill", "everything that manages the machine is one privileged program"},
    {"micro", "fill",
     "memory policy is not the kernel's: the kernel sends the fault to the pager, a user-mode "
     "server"},
    {"micro", "install",
     "only the kernel may write page tables; it first checks that the pager holds the page that "
     "it maps"},
    {"spin", "resolve",
     "the handler is an extension: code of its own, checked and linked into the kernel, so it runs "
     "in the kernel's mode"},
    {"spin", "install",
     "the extension asks the kernel's interface (Translation), which checks and does it"},
    {"exo", "fill",
     "the exokernel protects and does not manage: the library OS, in the program's own address "
     "space, fills the page"},
    {"exo", "install",
     "only the kernel may write page tables, and it checks the library OS's binding to the frame"},
    {"exo", "resume",
     "the library OS restores the registers and jumps back by itself, without the kernel"},
};

Judgement wrong(const Asked& asked, const std::string& expected, const std::string& start) {
    return {0, start + "expected " + expected + ": " + asked.because + "; see " +
                   place_in_words(asked.kernel, asked.stage)};
}

Judgement judge_domain(const Asked& asked, const Measurement& measurement,
                       const std::string& value) {
    const auto& stage = measurement.kernel(asked.kernel).stage(asked.stage);
    const auto given = domain_of(value);
    if (given == stage.domain)
        return {1, ""};
    if (given)
        return wrong(asked, stage.domain, "not " + *given + "; ");
    if (mode_of(value))
        return wrong(asked, stage.domain, "'" + printable(value) + "' is a mode, no domain; ");
    return wrong(asked, stage.domain,
                 "'" + printable(value) +
                     "' is none of kernel, pager, extension, library OS, program; ");
}

Judgement judge_mode(const Asked& asked, const Measurement& measurement, const std::string& value) {
    const auto& stage = measurement.kernel(asked.kernel).stage(asked.stage);
    const auto given = mode_of(value);
    if (given == stage.mode)
        return {1, ""};
    if (given == "M")
        return wrong(asked, stage.mode, "M is the firmware's mode, below every kernel; ");
    if (given && stage.domain == "extension")
        return wrong(asked, stage.mode, "an extension is protected by its language, not by U; ");
    if (given)
        return wrong(asked, stage.mode, "not " + *given + "; ");
    if (domain_of(value))
        return wrong(asked, stage.mode, "'" + printable(value) + "' is a domain, no mode; ");
    return wrong(asked, stage.mode, "'" + printable(value) + "' is neither U nor S; ");
}

} // namespace

void add_place_questions(std::vector<Question>& questions) {
    for (const auto& asked : ASKED) {
        const std::string name = asked.kernel + "." + asked.stage;
        const std::string where = asked.stage + " on the " + asked.kernel + " kernel";
        questions.push_back({.name = name + ".domain",
                             .task = 2,
                             .points = 1,
                             .asks = "whose code does " + where + "?",
                             .judge = [&asked](const auto& measurement, const auto& value) {
                                 return judge_domain(asked, measurement, value);
                             }});
        questions.push_back({.name = name + ".mode",
                             .task = 2,
                             .points = 1,
                             .asks = "in which mode runs " + where + ", U or S?",
                             .judge = [&asked](const auto& measurement, const auto& value) {
                                 return judge_mode(asked, measurement, value);
                             }});
    }
}

} // namespace lab
