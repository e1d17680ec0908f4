// Where attacks on the grader are made: lab 1's starter, one file of it replaced by the attacker's.
// SPDX-License-Identifier: MIT
//
// The file is arch/riscv/address_space.cpp, the image the lab's rig: what reads that file is
// little, so an attack takes seconds.
#pragma once

#include "description.hpp"
#include "pristine.hpp"
#include "sandbox.hpp"
#include "scratch.hpp"
#include "student_build.hpp"

#include <memory>
#include <string>

namespace attacks {

const lab::Description& lab_1();
const lab::Pristine& pristine();
const lab::Sandbox& sandbox();
// The attacker's file: what the starter has there, and MORE behind it.
std::string starter_and(const std::string& more);
// The starter's file with TEXT first in AddressSpace's constructor, which the rig calls for each
// query.
std::string starter_with_constructor(const std::string& text);

struct Attempt {
    std::unique_ptr<faultline::Scratch> scratch; // holds what was built
    lab::StudentBuild built;

    // All words of what was refused, replaced, or said by the build.
    std::string words() const;
};
Attempt build(const std::string& address_space_cpp, const lab::Sandbox& where = sandbox());

} // namespace attacks
