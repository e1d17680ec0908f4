// Findings as they come in: one for each rule and line, in the order of the text at the end.
// SPDX-License-Identifier: MIT
#pragma once

#include "clang.hpp"
#include "finding.hpp"

#include <map>
#include <tuple>

namespace safe {

class Report {
public:
    void add(Rule rule, const Place& place);
    void add(Rule rule, CXCursor cursor) { add(rule, place_of(cursor)); }
    std::vector<Finding> findings() const;

private:
    std::map<std::tuple<std::string, unsigned, Rule>, unsigned> columns_;
};

} // namespace safe
