// Whether a change of a translation was fenced as it should be.
// SPDX-License-Identifier: MIT
#include "fences.hpp"

#include <algorithm>

namespace lab {

using faultline::Change;
using faultline::ChangeEvent;
using Kind = ChangeEvent::Kind;

std::string to_words(const DueFence& due) {
    switch (due.kind) {
    case DueFence::Kind::none:
        return "nothing is stored to a table";
    case DueFence::Kind::page:
        return "an sfence.vma between the store to the entry and the return";
    case DueFence::Kind::code:
        return "a fence.i, and an sfence.vma between the store to the entry and the return";
    case DueFence::Kind::tables:
        return "an sfence.vma of all translations behind the new table's entry, and one of the "
               "page behind its own";
    }
    return "";
}

std::string fence_problem(const DueFence& due, const Change& noted,
                          const std::function<std::string(std::uint64_t pc)>& line) {
    Change change = noted;
    const auto of_code = std::erase_if(
        change, [](const ChangeEvent& event) { return event.kind == Kind::fence_code; });
    const auto stored = [](const ChangeEvent& event) { return event.kind == Kind::store; };
    if (!change.empty() && change.back().kind == Kind::more)
        return "more than sixty stores and fences for one change";
    const auto stores = std::ranges::count_if(change, stored);
    if (due.kind == DueFence::Kind::none)
        return stores == 0
                   ? ""
                   : "a store to a table by " + line(std::ranges::find_if(change, stored)->pc);
    if (stores == 0)
        return "no store to any table";
    std::size_t tables = due.kind == DueFence::Kind::tables ? due.tables : 0;
    const ChangeEvent* unfenced = nullptr;
    const ChangeEvent* of_table = nullptr;
    std::size_t before = 0;
    for (const ChangeEvent& event : change)
        if (event.kind == Kind::store) {
            before = 0;
            unfenced = &event;
            if (tables > 0 && --tables == 0)
                of_table = &event;
        } else {
            ++before;
            unfenced = nullptr;
            if (event.kind == Kind::fence_all && tables == 0)
                of_table = nullptr;
        }
    if (unfenced != nullptr) {
        const bool early =
            std::ranges::count_if(change, stored) != static_cast<std::ptrdiff_t>(change.size());
        return "between the store by " + line(unfenced->pc) +
               " and the return no sfence.vma was executed" +
               (early ? "; one that came before a store does not order it" : "");
    }
    if (of_table != nullptr)
        return "a table was made by " + line(of_table->pc) +
               ", and only fences that name a page came behind it: they order its leaf, not "
               "the entry above";
    if (due.kind == DueFence::Kind::code && of_code == 0)
        return "no fence.i was executed: the page was just stored, by the kernel or the disk, and "
               "will be fetched";
    return "";
}

} // namespace lab
