// The SPIN kernel's object check: what an object defines and names.
// SPDX-License-Identifier: MIT
//
// Objects made by hand; the tree's own, and damaged ones, are in tests/spin_link/check_test.cpp.
#include "spin_check.hpp"

using namespace spin_check;

TEST_CASE("spin check: a symbol that a relocation names") {
    ObjectFile object = with_data({{0, R_RISCV_64, IN_DATA}});
    const std::string type = "a symbol of a type that an extension may not have";
    for (const std::uint8_t kind : {5 /* COMMON */, 6 /* TLS */, 10 /* IFUNC */}) {
        object.symbols[IN_DATA].information = kind;
        expect_refusal(object, type, "in_data", 0);
    }
    object.symbols[IN_DATA] = {object.add("number"), LOCAL, 0, 0xfff1, 0x1000};
    expect_refusal(object, "a symbol that is a number", "number", 0);
    ObjectFile pointer = with_data({{0, R_RISCV_64, IN_TEXT}});
    pointer.symbols[IN_TEXT].information = LOCAL; // a label
    expect_refusal(pointer, "a pointer into code that is no function's start", "in_text", 0);
}

TEST_CASE("spin check: names that it may not define") {
    const auto refused = [](const std::string& what, const std::string& name,
                            std::uint8_t binding) {
        CAPTURE(name);
        expect_refusal(with_symbol(name, binding | FUNCTION, TEXT), what, name);
    };
    for (const std::uint8_t binding : {GLOBAL, WEAK}) {
        refused("defines a name that is the kernel's", OFFERED, binding);
        for (const std::string name : {"abort", "free", "strcmp", "__cxa_atexit", "__divti3",
                                       "_Znwm", "_ZdaPvm", "_Unwind_Resume"})
            refused("defines a name that is the compiler's", name, binding);
    }
    refused("defines a name that is the standard library's", "_ZSt17__throw_bad_allocv", GLOBAL);
    expect_sound(with_symbol("_ZSt4moveIRiEvOT_", WEAK | FUNCTION, TEXT));
    expect_sound(with_symbol("_ZnwmPv", WEAK | FUNCTION, TEXT));
    expect_sound(with_symbol("_ZSt9terminatev", GLOBAL | FUNCTION, TEXT));
    expect_sound(with_symbol(OFFERED, LOCAL | FUNCTION, TEXT)); // nobody else sees it
}

TEST_CASE("spin check: stages are functions, and there is one start") {
    for (const std::string stage :
         {"fault_receive", "fault_dispatch", "fault_resolve", "fault_frame", "fault_fill",
          "fault_install", "fault_resume", "call_serve", "call_wait"}) {
        expect_sound(with_symbol(stage, GLOBAL | FUNCTION, TEXT));
        expect_refusal(with_symbol(stage, GLOBAL | VARIABLE, DATA), "a stage that is no function",
                       stage);
    }
    const std::string start = "extension_start";
    const std::string wrong = "a start that is weak, or not the only one";
    expect_refusal(with_symbol(start, GLOBAL | FUNCTION, TEXT), wrong, start);
    ObjectFile object = sound();
    object.symbols[STARTER].information = WEAK | FUNCTION;
    expect_refusal(object, wrong, start);
    object.symbols[STARTER] = {object.add(start), GLOBAL | VARIABLE, 0, DATA, 0};
    expect_refusal(object, "a stage that is no function", start);
    object.symbols[STARTER].information = LOCAL | FUNCTION;
    object.symbols[STARTER].section = TEXT;
    CHECK(expect_refusal(object, "an extension exports this name, this one does not", start)
              .result.error() == Error::not_found);
}

TEST_CASE("spin check: what a name stands for") {
    const std::string name = "name";
    for (const std::uint8_t type : {0, 3 /* SECTION */, 4, 5, 6 /* TLS */, 10 /* IFUNC */})
        expect_refusal(with_symbol(name, GLOBAL | type, TEXT),
                       "a symbol of a type that an extension may not have", name);
    expect_refusal(with_symbol(name, 0x30 | FUNCTION, TEXT), // a binding that is none
                   "a symbol of a type that an extension may not have", name);
    expect_refusal(with_symbol(name, GLOBAL | VARIABLE, 0xfff1), "a symbol that is a number", name);
    expect_refusal(with_symbol(name, GLOBAL | VARIABLE, 0xfff2 /* COMMON */),
                   "a symbol outside the loaded sections", name);
    expect_refusal(with_symbol(name, GLOBAL | VARIABLE, TEXT),
                   "a function outside the text, or a variable in it", name);
    expect_refusal(with_symbol(name, GLOBAL | FUNCTION, DATA),
                   "a function outside the text, or a variable in it", name);
    for (const std::uint64_t odd : {std::uint64_t{1}, std::uint64_t{64}})
        expect_refusal(with_symbol(name, GLOBAL | FUNCTION, TEXT, odd),
                       "a function between two instructions", name);
    expect_refusal(with_symbol(name, GLOBAL | FUNCTION, TEXT, 2),
                   "something leads between two instructions", ".text", 2);
    expect_refusal(with_symbol(name, WEAK, 0), "an import that is weak, or has a type", name);
    expect_refusal(with_symbol(name, GLOBAL | FUNCTION, 0), "an import that is weak, or has a type",
                   name);
}

TEST_CASE("spin check: locals behind where the table says that there are none are nobody's") {
    ObjectFile object = with_symbol(OFFERED, GLOBAL | FUNCTION, TEXT);
    object.sections[SYMBOLS_OF].info = static_cast<std::uint32_t>(object.symbols.size());
    // So is the start, then.
    expect_refusal(object, "an extension exports this name, this one does not", "extension_start");
}
