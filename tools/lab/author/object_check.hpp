// May an object of a student's stand in the place of the pristine one?
// SPDX-License-Identifier: MIT
//
// A link takes names on trust: whoever defines `fault_receive` is taken for it, by the probe too.
// So an object made of a student's source is compared with what the starter's source made: it
// defines what that defined, and helpers of its own; no other object's names, no stage function, no
// second name for one, no section that would run before the kernel or that a linker would take for
// orders.
#pragma once

#include "build_plan.hpp"
#include "object_facts.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace lab {

// What an image's names are, from its pristine objects.
struct ImageNames {
    std::map<std::string, std::set<std::string>> strong; // name -> objects that define it
    std::set<std::string> known;                         // defined or referred to by any of them
};

ImageNames names_of(const BuildPlan& pristine, const LinkStep& link);

// The pristine build's object, and the source of which it was made.
struct Original {
    const std::string& object; // its name
    const ObjectFacts& facts;
    const std::string& source;
};

// A sentence for each thing that no student's object may do; empty: it may be linked.
std::vector<std::string> problems_of(const ObjectFacts& made, const Original& original,
                                     const ImageNames& names);

// As a person writes it: `map(AddressSpace&)`.
std::string plain_name(const std::string& symbol);

} // namespace lab
