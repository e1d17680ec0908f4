// The JSON of docs/probe.md, with keys in the order given there.
// SPDX-License-Identifier: MIT
//
// Addresses are hex strings, because JSON's numbers do not hold 64 bits everywhere.
#include "result.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <set>
#include <unistd.h>

namespace probe {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array stage_names{"receive", "dispatch", "resolve", "frame",
                                 "fill",    "install",  "resume"};

constexpr std::array station_names{"receive", "serve", "wait", "answer"};

const char* name_of(Function stage) {
    if (is_station(stage))
        return station_names.at(static_cast<std::size_t>(stage) -
                                static_cast<std::size_t>(Function::call_receive));
    if (stage == Function::handler)
        return "handler";
    if (stage == Function::handle)
        return "handle";
    return stage_names.at(static_cast<std::size_t>(stage) -
                          static_cast<std::size_t>(Function::receive));
}

const char* name_of(Changes::Kind kind) {
    switch (kind) {
    case Changes::Kind::store:
        return "store";
    case Changes::Kind::fence_page:
        return "fence_page";
    case Changes::Kind::fence_all:
        return "fence_all";
    case Changes::Kind::fence_code:
        return "fence_code";
    case Changes::Kind::more:
        return "more";
    }
    return "";
}

const char* name_of(Mode mode) {
    switch (mode) {
    case Mode::user:
        return "U";
    case Mode::supervisor:
        return "S";
    case Mode::machine:
        return "M";
    }
    return "";
}

const char* name_of(AccessKind access) {
    switch (access) {
    case AccessKind::load:
        return "load";
    case AccessKind::store:
        return "store";
    case AccessKind::fetch:
        return "fetch";
    }
    return "";
}

const char* name_of(Event event) {
    switch (event) {
    case Event::page_fault:
        return "page fault";
    case Event::call:
        return "call";
    case Event::exception:
        return "exception";
    case Event::interrupt:
        return "interrupt";
    }
    return "";
}

Json address(const std::optional<std::uint64_t>& value) {
    if (!value)
        return nullptr;
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "0x%" PRIx64, *value);
    return text.data();
}

// What owners are called; by their environments, too, where more than one takes part.
class Names {
public:
    Names(const std::vector<std::string>& domains, const std::vector<StageEntry>& entries)
        : domains_(domains) {
        std::set<std::uint32_t> environments;
        for (const auto& entry : entries)
            for (const auto& [owner, count] : entry.counts)
                environments.insert(owner.environment);
        environments.erase(0);
        several_ = environments.size() > 1;
    }
    std::string of(Owner owner) const {
        std::string domain = owner.domain < domains_.size() ? domains_[owner.domain] : "other";
        if (!several_ || owner.environment == 0)
            return domain;
        return domain + ", environment " + std::to_string(owner.environment);
    }

private:
    const std::vector<std::string>& domains_;
    bool several_ = false;
};

Json stage(const StageEntry& entry, const Names& names) {
    const std::map<Owner, std::uint64_t> counts(entry.counts.begin(), entry.counts.end());
    Json by_domain = Json::object();
    for (const auto& [owner, count] : counts)
        by_domain[names.of(owner)] = count;
    return {{"stage", name_of(entry.stage)},
            {"domain", names.of(entry.place.owner)},
            {"mode", name_of(entry.place.mode)},
            {"instructions", sum(entry.counts)},
            {"by_domain", by_domain}};
}

Json fault(const Fault& fault, const std::vector<std::string>& domains) {
    Json stages = Json::array();
    std::uint64_t instructions = 0;
    const auto& entries = fault.window.ledger().entries();
    const Names names(domains, entries);
    for (const auto& entry : entries) {
        stages.push_back(stage(entry, names));
        instructions += sum(entry.counts);
    }
    const auto& totals = fault.window.totals;
    return {{"kind", name_of(fault.window.event())},
            {"pc", address(fault.window.pc())},
            {"va", address(fault.address)},
            {"access", name_of(fault.window.access())},
            {"faults", fault.window.faults()},
            {"completed", fault.completed},
            {"stages", stages},
            {"totals",
             {{"instructions", instructions},
              {"crossings", totals.crossings},
              {"address_space_switches", totals.address_space_switches},
              {"tlb_flushes", totals.tlb_flushes},
              {"loads", totals.loads},
              {"stores", totals.stores},
              {"bytes_copied", totals.bytes_copied},
              {"interrupts", totals.interrupts},
              {"interrupt_instructions", totals.interrupt_instructions},
              {"sbi_calls", totals.sbi_calls},
              {"firmware_instructions", totals.firmware_instructions},
              {"idle_instructions", totals.idle_instructions},
              {"other_instructions", totals.other_instructions}}}};
}

Json changes(const Changes& noted) {
    Json all = Json::array();
    for (const auto& change : noted.changes()) {
        Json events = Json::array();
        for (const auto& event : change) {
            events.push_back({{"kind", name_of(event.kind)}, {"pc", address(event.pc)}});
            if (event.kind == Changes::Kind::store)
                events.back()["va"] = address(event.address);
        }
        all.push_back(std::move(events));
    }
    return all;
}

std::string reason(const char* what, const std::string& path) {
    return std::string("cannot ") + what + " " + path + ": " + std::strerror(errno);
}

bool write_all(int file, const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const auto count = ::write(file, text.data() + done, text.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        done += static_cast<std::size_t>(count);
    }
    return true;
}

} // namespace

static const char* name_of(End end) {
    switch (end) {
    case End::exit:
        return "exit";
    case End::limit:
        return "limit";
    case End::span:
        return "span";
    }
    return "";
}

std::string to_json(const Engine& engine, const Ending& ending,
                    const std::vector<std::string>& domains) {
    const auto& machine = engine.machine();
    Json root{{"version", 1},
              {"end", name_of(ending.end)},
              {"machine",
               {{"instructions", machine.instructions},
                {"firmware_instructions", machine.firmware_instructions},
                {"traps", machine.traps},
                {"interrupts", machine.interrupts},
                {"system_calls", machine.system_calls},
                {"page_faults", machine.page_faults},
                {"sbi_calls", machine.sbi_calls}}},
              {"fault", engine.fault() ? fault(*engine.fault(), domains) : Json(nullptr)}};
    if (!ending.refused.empty())
        root["refused"] = ending.refused;
    if (ending.changes)
        root["changes"] = changes(*ending.changes);
    if (!ending.passes.empty())
        for (const auto& [name, count] : ending.passes)
            root["passes"][name] = count;
    if (ending.span)
        root["span"] = {{"instructions", ending.span->instructions()},
                        {"idle_instructions", ending.span->idle_instructions()}};
    return root.dump(2) + "\n";
}

std::string write_atomically(const std::string& path, const std::string& text) {
    const auto temporary = path + ".tmp-" + std::to_string(::getpid());
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        return reason("create", temporary);
    std::string error;
    if (!write_all(file, text) || ::fsync(file) != 0)
        error = reason("write", temporary);
    if (::close(file) != 0 && error.empty())
        error = reason("close", temporary);
    if (error.empty() && ::rename(temporary.c_str(), path.c_str()) != 0)
        error = reason("rename to", path);
    if (!error.empty())
        ::unlink(temporary.c_str());
    return error;
}

} // namespace probe
