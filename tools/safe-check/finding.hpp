// What the checker finds: a place, the rule that is broken there, and what to do instead.
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace safe {

enum class Rule {
    pointer,
    address_of,
    array,
    begin_data,
    cast,
    bit_cast,
    raw_memory,
    codec,
    union_type,
    varargs,
    assembly,
    attribute,
    dynamic_memory,
    destructor_call,
    global_state,
    dangling,
    uninitialised,
    missing_return,
    std_name,
    include,
    preprocessor,
    macro,
    reserved_name,
    spelling,
    jump,
    volatile_object,
    exception,
    linkage,
    foreign_declaration,
    foreign_base,
    foreign_namespace,
    foreign_template,
    statement_expression,
    hidden_statement,
    generic_call,
    too_deep,
    unknown,
};

struct RuleText {
    Rule rule;
    std::string name;   // as messages and docs/safe-subset.md call it
    std::string advice; // what is refused, and what to write instead
};

// All rules, in the order of the enumeration.
const std::vector<RuleText>& rules();
const RuleText& text_of(Rule rule);

struct Finding {
    std::string file;
    unsigned line;
    unsigned column;
    Rule rule;
};

// file:line:column: rule: what to do instead.
std::string to_string(const Finding& finding);

} // namespace safe
