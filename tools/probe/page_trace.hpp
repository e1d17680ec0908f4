// The pages that a program referred to, in order: the trace that a simulation of a policy is fed.
// SPDX-License-Identifier: MIT
//
// Written by the probe (page_tracer.hpp), read by tests with `read_pages`. Text, one event a line:
// a first line that names format and version, then
//     <fetch page>                     an instruction that touched no data, all numbers in hex
//     <fetch page> l|s <data page>     one that loaded, or stored
//     <fetch page> c                   a system call
//     fault fetch|load|store           a page fault; the event behind it is the instruction at last
//                                      completed, and names the page
// A page is an address / 4096. An event equal to the one before it is left out,
// but for faults and system calls.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace probe {

inline constexpr const char* page_trace_heading = "faultline-pages 1";

struct PageEvent {
    enum class Kind : std::uint8_t { plain, load, store, call, fault };
    Kind kind = Kind::plain;
    std::uint64_t fetch_page = 0;
    std::uint64_t data_page = 0; // of a load or store
    Kind faulted = Kind::plain;  // of a fault: plain is a fetch

    friend bool operator==(const PageEvent&, const PageEvent&) = default;
};

inline std::string to_line(const PageEvent& event) {
    std::ostringstream line;
    if (event.kind == PageEvent::Kind::fault) {
        line << "fault "
             << (event.faulted == PageEvent::Kind::load    ? "load"
                 : event.faulted == PageEvent::Kind::store ? "store"
                                                           : "fetch");
        return line.str();
    }
    line << std::hex << event.fetch_page;
    if (event.kind == PageEvent::Kind::call)
        line << " c";
    else if (event.kind != PageEvent::Kind::plain)
        line << (event.kind == PageEvent::Kind::load ? " l " : " s ") << event.data_page;
    return line.str();
}

inline std::optional<PageEvent> page_event(const std::string& line) {
    using Kind = PageEvent::Kind;
    std::istringstream words(line);
    PageEvent event;
    if (std::string word; line.starts_with("fault")) {
        words >> word >> word;
        event.kind = Kind::fault;
        event.faulted = word == "load" ? Kind::load : word == "store" ? Kind::store : Kind::plain;
        return event.faulted != Kind::plain || word == "fetch" ? std::optional(event)
                                                               : std::nullopt;
    }
    if (!(words >> std::hex >> event.fetch_page))
        return {};
    if (char access = 0; words >> access) {
        event.kind = access == 'l' ? Kind::load : access == 's' ? Kind::store : Kind::call;
        const bool known = access == 'l' || access == 's' || access == 'c';
        if (!known || (access != 'c' && !(words >> std::hex >> event.data_page)))
            return {};
    }
    std::string more;
    return words >> more ? std::nullopt : std::optional(event);
}

// Nothing when the text is no such trace, or a line of it is malformed.
inline std::optional<std::vector<PageEvent>> read_pages(std::istream& text) {
    std::string line;
    if (!std::getline(text, line) || line != page_trace_heading)
        return {};
    std::vector<PageEvent> events;
    while (std::getline(text, line)) {
        const auto event = page_event(line);
        if (!event)
            return {};
        events.push_back(*event);
    }
    return events;
}

} // namespace probe
