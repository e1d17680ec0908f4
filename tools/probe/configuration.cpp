// The configuration's parser: a table of records, each with one function that checks its fields.
// SPDX-License-Identifier: MIT
//
// Nothing is guessed: an unknown record, a missing or surplus field, or a bad number ends the parse
// with the line that holds it.
#include "configuration.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace probe {
namespace {

struct Name {
    std::string_view text;
    Function function;
};

constexpr std::array names{
    Name{"fault_receive", Function::receive},
    Name{"fault_dispatch", Function::dispatch},
    Name{"fault_resolve", Function::resolve},
    Name{"fault_frame", Function::frame},
    Name{"fault_fill", Function::fill},
    Name{"fault_install", Function::install},
    Name{"fault_resume", Function::resume},
    Name{"trap_vector", Function::trap_vector},
    Name{"on_timer", Function::on_timer},
    Name{"on_device", Function::on_device},
    Name{"on_kernel_interrupt", Function::on_timer},
    Name{"copy_across_domains", Function::copy},
    Name{"on_exception", Function::on_exception},
    Name{"switch_context", Function::switch_context},
    Name{"idle_until_interrupt", Function::idle},
    Name{"timer_expired", Function::polled},
    Name{"serve_devices", Function::polled},
    Name{"await_ready", Function::polled},
    Name{"call_receive", Function::call_receive},
    Name{"call_serve", Function::call_serve},
    Name{"call_wait", Function::call_wait},
    Name{"call_answer", Function::call_answer},
    Name{"end_thread", Function::end_thread},
};

// Thrown by the field readers, caught by parse(); it never leaves this file.
struct Complaint {
    std::string text;
};

// The rest of a line, taken field by field.
class Fields {
public:
    explicit Fields(std::string_view line) : rest_(line) { skip_blanks(); }

    bool empty() const { return rest_.empty(); }

    std::string_view word(std::string_view what) {
        if (rest_.empty())
            throw Complaint{"missing " + std::string(what)};
        const auto taken = rest_.substr(0, rest_.find_first_of(" \t"));
        rest_.remove_prefix(taken.size());
        skip_blanks();
        return taken;
    }

    std::uint64_t number(std::string_view what) {
        const auto text = word(what);
        const bool hex = text.starts_with("0x") || text.starts_with("0X");
        const auto digits = hex ? text.substr(2) : text;
        std::uint64_t value = 0;
        const auto* end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, value, hex ? 16 : 10);
        if (error != std::errc{} || stop != end)
            throw Complaint{"bad number '" + std::string(text) + "' for " + std::string(what)};
        return value;
    }

    Range range() {
        const auto low = number("LO");
        const auto high = number("HI");
        if (high <= low)
            throw Complaint{"empty range: HI must be above LO"};
        return {low, high};
    }

    std::string remainder(std::string_view what) {
        if (rest_.empty())
            throw Complaint{"missing " + std::string(what)};
        std::string taken(rest_.substr(0, rest_.find_last_not_of(" \t\r") + 1));
        rest_ = {};
        return taken;
    }

private:
    void skip_blanks() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r"), rest_.size()));
    }

    std::string_view rest_;
};

class Reader {
public:
    void record(std::string_view line) {
        Fields fields(line);
        if (fields.empty() || line.starts_with('#'))
            return;
        const auto kind = fields.word("record");
        if (kind == "image")
            image(fields);
        else if (kind == "function")
            function(fields);
        else if (kind == "watch")
            watch(fields);
        else if (kind == "watch_end")
            watch_end(fields);
        else if (kind == "watch_resumed")
            result_.watch.resumed = fields.number("ADDRESS");
        else if (kind == "span")
            result_.span = SpanRecord{fields.number("FROM"), fields.number("AFTER")};
        else if (kind == "changes")
            changes(fields);
        else if (kind == "environments")
            environments(fields);
        else if (kind == "call")
            call(fields);
        else if (kind == "refusal")
            result_.refusals.push_back(fields.number("ADDRESS"));
        else if (kind == "pass")
            pass(fields);
        else if (kind == "limit")
            limit(fields);
        else if (kind == "trace_pages")
            result_.trace_pages = fields.remainder("PATH");
        else if (kind == "out")
            out(fields);
        else
            throw Complaint{
                "unknown record '" + std::string(kind) +
                "' (known: image, function, watch, watch_end, watch_resumed, "
                "span, changes, environments, call, refusal, pass, limit, trace_pages, out)"};
        if (!fields.empty())
            throw Complaint{"surplus text after the " + std::string(kind) + " record"};
    }

    void check_whole() const {
        if (!watched_)
            throw Complaint{"no watch record"};
        if (result_.out.empty())
            throw Complaint{"no out record"};
        const auto has = [this](Function wanted) {
            return std::ranges::any_of(result_.functions,
                                       [&](const auto& f) { return f.function == wanted; });
        };
        if (!has(Function::trap_vector))
            throw Complaint{"no function record for trap_vector"};
        if (!has(Function::receive))
            throw Complaint{"no function record for fault_receive"};
    }

    Configuration take() { return std::move(result_); }

private:
    void image(Fields& fields) {
        const auto range = fields.range();
        const auto domain = fields.remainder("DOMAIN");
        for (const auto& other : result_.images)
            if (range.low < other.range.high && other.range.low < range.high)
                throw Complaint{"this image overlaps an earlier one"};
        auto found = std::ranges::find(result_.domains, domain);
        if (found == result_.domains.end()) {
            if (result_.domains.size() == most_domains)
                throw Complaint{"more than " + std::to_string(most_domains) + " domains"};
            found = result_.domains.insert(found, domain);
        }
        const auto index = static_cast<std::uint32_t>(found - result_.domains.begin());
        result_.images.push_back({range, index});
    }

    void function(Fields& fields) {
        const auto name = fields.word("NAME");
        const auto* known = std::ranges::find(names, name, &Name::text);
        if (known == names.end())
            throw Complaint{"unknown function '" + std::string(name) + "'"};
        const auto address = fields.number("ADDRESS");
        const auto size = fields.number("SIZE");
        result_.functions.push_back({known->function, {address, address + size}});
    }

    void watch(Fields& fields) {
        if (watched_)
            throw Complaint{"a second watch record"};
        const auto kind = fields.word("'pc' or 'first'");
        if (kind == "pc")
            result_.watch.pc = fields.number("ADDRESS");
        else if (kind != "first")
            throw Complaint{"watch '" + std::string(kind) + "' is neither 'pc' nor 'first'"};
        result_.watch.program = fields.range();
        if (result_.watch.pc && !result_.watch.program.contains(*result_.watch.pc))
            throw Complaint{"the watched ADDRESS lies outside LO..HI"};
        watched_ = true;
    }

    void watch_end(Fields& fields) {
        result_.watch.end = fields.number("ADDRESS");
        if (!result_.watch.pc || *result_.watch.end <= *result_.watch.pc)
            throw Complaint{"watch_end must follow a `watch pc` and lie behind its ADDRESS"};
    }

    void changes(Fields& fields) {
        const auto tables = fields.range();
        const auto from = fields.number("FROM");
        result_.changes = ChangesRecord{tables, from, fields.number("TO")};
    }

    void environments(Fields& fields) {
        const auto records = fields.range();
        const auto size = fields.number("SIZE");
        if (size == 0 || (records.high - records.low) % size != 0)
            throw Complaint{"LO..HI holds no whole number of records of SIZE"};
        result_.environments = EnvironmentsRecord{records, size};
    }

    void pass(Fields& fields) {
        const std::string name(fields.word("NAME"));
        result_.passes.push_back({name, fields.number("ADDRESS")});
    }

    void call(Fields& fields) {
        const std::string name(fields.word("NAME"));
        result_.calls.push_back({name, fields.number("ADDRESS")});
    }

    void limit(Fields& fields) {
        result_.limit = fields.number("N");
        if (*result_.limit == 0)
            throw Complaint{"a limit of 0 instructions"};
    }

    void out(Fields& fields) { result_.out = fields.remainder("PATH"); }

    Configuration result_;
    bool watched_ = false;
};

} // namespace

Parsed parse(std::istream& text, const std::string& name) {
    Reader reader;
    std::string line;
    int number = 0;
    try {
        while (std::getline(text, line)) {
            ++number;
            reader.record(line);
        }
    } catch (const Complaint& complaint) {
        return {{}, name + ":" + std::to_string(number) + ": " + complaint.text};
    }
    try {
        reader.check_whole();
    } catch (const Complaint& complaint) {
        return {{}, name + ": " + complaint.text};
    }
    return {reader.take(), {}};
}

} // namespace probe
