// Task 1: crossings, address-space switches and TLB flushes of each kernel.
// SPDX-License-Identifier: MIT
//
// A wrong count is met with the mistake that usually leads to it, then with the kernel's road.
#include "watch_the_fault.hpp"

#include "places.hpp"
#include "words.hpp"

#include <map>

namespace lab {

namespace {

struct Counted {
    std::string name; // in the answer file
    std::string key;  // in the measurement
    std::string asks;
};

const std::vector<Counted> COUNTED = {
    {"crossings", "crossings", "how often does the machine change between U and S mode"},
    {"switches", "address_space_switches", "how often is satp written"},
    {"flushes", "tlb_flushes", "how many sfence.vma are executed"},
};

std::string road_of_crossings(const std::string& kernel) {
    static const std::map<std::string, std::string> ROADS = {
        {"monolithic", "in by the trap (kernels/monolithic/entry.S), all seven stages are calls "
                       "inside the kernel, out by sret"},
        {"micro", "in by the trap, out by sret to the pager, in by the ecall of its reply, out by "
                  "sret to the program (kernels/micro/fault.cpp, servers/pager/pager.cpp)"},
        {"spin", "in by the trap, the extension runs in S mode so calling it crosses nothing, out "
                 "by sret (kernels/spin/fault.cpp)"},
        {"exo", "in by the trap, out by sret to the library OS, in by its ecall for install, out "
                "by sret; the last step, fault_resume, is a jump within U mode "
                "(kernels/exo/entry.S, libos/entry.S)"},
    };
    return ROADS.at(kernel);
}

std::string road_of_switches(const std::string& kernel) {
    static const std::map<std::string, std::string> ROADS = {
        {"monolithic", "a trap changes the mode, not satp: the kernel is mapped in every address "
                       "space"},
        {"micro", "the pager has an address space of its own: satp is written on the way to it "
                  "(fault_dispatch) and on the way back (fault_resume), kernels/micro/fault.cpp"},
        {"spin", "the extension is linked into the kernel, and the kernel is mapped in every "
                 "address space"},
        {"exo", "the library OS lives in the program's own address space, and the kernel is mapped "
                "in every one"},
    };
    return ROADS.at(kernel);
}

std::string mistake(const Counted& counted, std::uint64_t given, std::uint64_t expected,
                    const MeasuredKernel& kernel) {
    if (counted.name == "crossings" && given * 2 == expected)
        return "that is one way only, and a crossing is counted each way: ";
    if (counted.name == "switches" && given == kernel.total("crossings"))
        return "that is the crossings, and a switch is a write of satp: ";
    if (counted.name == "flushes" && given == 0)
        return "after the page-table entry is written, the TLB may still know that there was "
               "none: ";
    if (counted.name == "flushes" && given == kernel.total("address_space_switches"))
        return "that is the switches, and with address-space numbers (ASID) a switch flushes "
               "nothing: ";
    return "";
}

std::string road(const Counted& counted, const std::string& kernel) {
    if (counted.name == "crossings")
        return road_of_crossings(kernel);
    if (counted.name == "switches")
        return road_of_switches(kernel);
    return "the sfence.vma for the one new page ends install; see " +
           place_in_words(kernel, "install");
}

Judgement judge(const Counted& counted, const std::string& name, const Measurement& measurement,
                const std::string& value) {
    const auto& kernel = measurement.kernel(name);
    const auto expected = kernel.total(counted.key);
    const auto given = count_of(value);
    if (!given)
        return {0, "'" + printable(value) + "' is no count; a whole number is asked for"};
    if (*given == expected)
        return {1, ""};
    return {0, "expected " + grouped(expected) + ", not " + grouped(*given) + ": " +
                   mistake(counted, *given, expected, kernel) + road(counted, name)};
}

} // namespace

void add_count_questions(std::vector<Question>& questions) {
    for (const auto& kernel : KERNELS)
        for (const auto& counted : COUNTED)
            questions.push_back(
                {.name = kernel + "." + counted.name,
                 .task = 1,
                 .points = 1,
                 .asks = counted.asks + " on the " + kernel + " kernel?",
                 .judge = [kernel, counted](const auto& measurement, const auto& value) {
                     return judge(counted, kernel, measurement, value);
                 }});
}

} // namespace lab
