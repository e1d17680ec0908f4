// Where attacks on the grader are made: lab 1's starter, one file of it replaced by the attacker's.
// SPDX-License-Identifier: MIT
#include "ground.hpp"

#include "failure.hpp"
#include "process.hpp"
#include "text.hpp"
#include "tree.hpp"

#include <stdexcept>
#include <sys/stat.h>

namespace attacks {

using namespace lab;

static const char* const FILE_OF_THE_ATTACK = "arch/riscv/address_space.cpp";
// As the command's own main does.
static const bool signals_prepared = (faultline::prepare_signals(), true);

const Description& lab_1() {
    static const auto found = find_lab(faultline::Tree::here().top, "1");
    return found;
}

const Pristine& pristine() {
    static const auto made = pristine_tree(lab_1(), faultline::Tree::here().top);
    return made;
}

const Sandbox& sandbox() {
    static const auto found = [] {
        try {
            return find_sandbox();
        } catch (const faultline::Failure&) { // neither namespaces nor root: the rest is tested
            auto none = make_sandbox(SandboxKind::none);
            none->try_it();
            return none;
        }
    }();
    return *found;
}

static std::string starter() {
    return faultline::read_file(pristine().plan.top / FILE_OF_THE_ATTACK);
}

std::string starter_and(const std::string& more) { return starter() + "\n" + more + "\n"; }

std::string starter_with_constructor(const std::string& text) {
    std::string file = starter();
    const auto name = file.find("AddressSpace::AddressSpace(");
    const auto begin = file.find('{', name);
    if (name == file.npos || begin == file.npos)
        throw std::runtime_error("the starter has no constructor of AddressSpace");
    return file.insert(begin + 1, "\n" + text + "\n");
}

std::string Attempt::words() const {
    std::string all = built.messages;
    for (const auto& list : {built.refused, built.replaced})
        for (const auto& finding : list)
            all += finding.test + " " + finding.observed + "\n";
    return all;
}

Attempt build(const std::string& address_space_cpp, const Sandbox& where) {
    Attempt attempt{std::make_unique<faultline::Scratch>(), {}};
    chmod(attempt.scratch->path().c_str(), 0711);
    Submission submission;
    submission.files[FILE_OF_THE_ATTACK] = address_space_cpp;
    JobLimits limits = COMPILING;
    limits.processor = std::chrono::seconds(4);
    limits.wall = std::chrono::seconds(20);
    attempt.built = build_student(pristine().plan, submission,
                                  {.sandbox = where,
                                   .folder = attempt.scratch->path(),
                                   .images = {"lab-01-rig.elf"},
                                   .at_a_time = 2,
                                   .compiling = limits});
    return attempt;
}

} // namespace attacks
