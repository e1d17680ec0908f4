// Asks a lab's rig: writes its queries, boots it, reads the answers where they stand.
// SPDX-License-Identifier: MIT
#include "judge.hpp"

#include "abi/address_map.h"
#include "abi/lab_rig.hpp"
#include "failure.hpp"
#include "fences.hpp"
#include "source_line.hpp"
#include "text.hpp"
#include "vocabulary.hpp"

#include <algorithm>
#include <cstring>

namespace lab {

using faultline::Change;
using faultline::hex;

namespace {

constexpr std::uint64_t FIRMWARE_AND_START = 30'000'000, EACH = 200'000; // OpenSBI: 13 million
constexpr std::chrono::seconds WALL(20);                                 // a boot takes one

// What one boot of the rig is about.
struct Boot {
    std::vector<const Case*> cases;
    std::vector<rig::Query> queries;
    GuestEnd end;
};

std::string ram_disk_of(const std::vector<rig::Query>& queries) {
    rig::Header header;
    header.count = queries.size();
    std::string bytes(reinterpret_cast<const char*>(&header), sizeof(header));
    bytes.append(reinterpret_cast<const char*>(queries.data()),
                 queries.size() * sizeof(rig::Query));
    return bytes;
}

rig::Query query_of(const Case& made) {
    rig::Query query;
    if (made.rig.query.size() > rig::WORDS || made.rig.expect.size() > rig::WORDS)
        throw faultline::Failure(faultline::Exit::failed,
                                 "the case " + made.name + " has too many words for a query", "");
    query.argument_count = made.rig.query.size();
    std::ranges::copy(made.rig.query, query.arguments.begin());
    return query;
}

// Where the HAL moves the initial RAM disk to: behind the kernel's image (arch/riscv/start.cpp).
std::uint64_t disk_place(const faultline::Symbols& image) {
    const auto end = image.find("kernel_end");
    return end ? end->address - KERNEL_OFFSET : 0;
}

void read_answers(Boot& boot, const faultline::Symbols& image) {
    const std::uint64_t place = disk_place(image);
    const auto bytes = read_ram(boot.end.ram, place,
                                sizeof(rig::Header) + boot.queries.size() * sizeof(rig::Query));
    rig::Header header;
    std::memcpy(&header, bytes.data(), sizeof(header));
    if (header.magic != rig::MAGIC || header.count != boot.queries.size())
        return; // it never came so far
    std::memcpy(boot.queries.data(), bytes.data() + sizeof(header),
                boot.queries.size() * sizeof(rig::Query));
}

std::optional<faultline::ChangesToNote> changes_to_note(const faultline::Symbols& image,
                                                        const faultline::Range& tables) {
    const auto from = image.find("change_begins");
    const auto to = image.find("change_ends");
    if (!from || !to)
        return std::nullopt;
    return faultline::ChangesToNote{
        {KERNEL_OFFSET + tables.low, KERNEL_OFFSET + tables.high}, from->address, to->address};
}

class Rig {
public:
    Rig(const std::filesystem::path& image, const std::filesystem::path& top,
        const std::filesystem::path& folder, const Vocabulary& words, Runner& runner)
        : image_(faultline::load_symbols(image)), top_(top), folder_(folder), words_(words),
          runner_(runner) {}

    std::vector<CaseResult> ask(std::vector<const Case*> cases) {
        std::vector<CaseResult> results;
        while (!cases.empty()) {
            const Boot boot = run(cases);
            const std::size_t done = judge_boot(boot, results);
            const bool broke = boot.queries[done - 1].state != rig::State::answered;
            const Case& last = *cases[done - 1];
            cases.erase(cases.begin(), cases.begin() + static_cast<std::ptrdiff_t>(done));
            // Its part is lost. The others would mostly break the rig again, a boot for each.
            if (broke)
                std::erase_if(cases, [&](const Case* made) {
                    return made->task == last.task && made->part == last.part;
                });
            runner_.forget(boot.end);
        }
        return results;
    }

private:
    Boot run(const std::vector<const Case*>& cases) {
        Boot boot{.cases = cases, .queries = {}, .end = {}};
        for (const Case* made : cases)
            boot.queries.push_back(query_of(*made));
        const auto disk = folder_ / ("queries-" + std::to_string(++boots_));
        faultline::write_file(disk, ram_disk_of(boot.queries));
        boot.end = runner_.run({.kernel = image_.file,
                                .ram_disk = disk,
                                .limit = FIRMWARE_AND_START + EACH * cases.size(),
                                .wall = WALL,
                                .changes = changes_to_note(image_, words_.tables)});
        std::filesystem::remove(disk);
        read_answers(boot, image_);
        return boot;
    }

    // How many of the cases are done with.
    std::size_t judge_boot(const Boot& boot, std::vector<CaseResult>& results) {
        std::size_t change = 0;
        std::size_t i = 0;
        for (; i < boot.cases.size(); ++i) {
            const rig::Query& query = boot.queries[i];
            const Case& made = *boot.cases[i];
            if (query.state == rig::State::not_begun)
                break;
            results.push_back({.of = &made, .answers = answers_of(query)});
            auto& finding = results.back().finding;
            if (query.state == rig::State::answered) {
                finding = wrong_answer(made, results.back().answers);
                const std::size_t watched =
                    words_.watched_steps(made.rig.query, query.answer_count);
                bool fenced = true; // a wrong answer may come of a missing fence: both are said
                for (std::size_t k = 0; k < watched && fenced; ++k)
                    if (auto wrong = wrong_fence(made, k, boot.end.changes, change + k)) {
                        fenced = false;
                        if (finding)
                            finding->observed += "; and " + wrong->observed;
                        else
                            finding = std::move(wrong);
                    }
                change += watched;
                continue;
            }
            finding = broken(made, query, boot.end);
            return i + 1;
        }
        if (i != 0 && i == boot.cases.size())
            return i;
        // It ended between two queries, or never came to the first.
        results.push_back({.of = boot.cases[i],
                           .finding = finding_of(*boot.cases[i],
                                                 "the rig never came to it: " + ending(boot.end))});
        return i + 1;
    }

    static std::vector<std::uint64_t> answers_of(const rig::Query& query) {
        const auto count = std::min<std::size_t>(query.answer_count, rig::WORDS);
        return {query.answers.begin(), query.answers.begin() + count};
    }

    std::optional<Finding> wrong_answer(const Case& made,
                                        const std::vector<std::uint64_t>& given) const {
        const auto difference = words_.difference(made.rig.query, made.rig.expect, given);
        if (!difference)
            return std::nullopt;
        Finding finding = finding_of(made, difference->observed);
        finding.expected = made.words + "; " + difference->expected;
        return finding;
    }

    std::optional<Finding> wrong_fence(const Case& made, std::size_t step,
                                       const std::vector<Change>& changes, std::size_t which) {
        const Change none;
        const Change& change = which < changes.size() ? changes[which] : none;
        const std::string problem =
            fence_problem(made.rig.fences.at(step), change, [this](auto pc) { return line(pc); });
        if (problem.empty())
            return std::nullopt;
        Finding finding = finding_of(made, "");
        const DueFence& due = made.rig.fences[step];
        finding.expected = words_.watched_step(made.rig.query, step) + ": " + to_words(due);
        finding.observed = problem;
        finding.hint = "A fence orders the stores before it. " + finding.hint;
        return finding;
    }

    Finding broken(const Case& made, const rig::Query& query, const GuestEnd& end) {
        Finding finding = finding_of(made, "");
        const auto count = std::min<std::size_t>(query.answer_count, rig::WORDS);
        const std::string step = "in " + words_.step_under_way(made.rig.query, count);
        if (query.state == rig::State::trapped)
            finding.observed = step + " your code trapped: " + trap_words(query.trap);
        else if (end.how == GuestEnding::by_itself)
            finding.observed = step + " the machine ended: " + ending(end);
        else
            finding.observed = step + " your code did not come back: " + ending(end);
        if (query.state != rig::State::trapped && end.how == GuestEnding::limit)
            finding.hint = "A loop without end? " + finding.hint;
        return finding;
    }

    std::string trap_words(const rig::Trap& trap) {
        return cause_words(trap.cause) + " at address " + hex(trap.value) + ", by " + line(trap.pc);
    }

    static std::string ending(const GuestEnd& end) {
        const std::string last = faultline::lines_of(end.console).empty()
                                     ? ""
                                     : std::string(faultline::lines_of(end.console).back());
        return to_words(end) + (last.empty() ? "" : "; its last line: " + last);
    }

    std::string line(std::uint64_t pc) const { return source_line(runner_, image_.file, pc, top_); }

    faultline::Symbols image_;
    std::filesystem::path top_;
    std::filesystem::path folder_;
    const Vocabulary& words_;
    Runner& runner_;
    unsigned boots_ = 0;
};

} // namespace

std::string rig_of(const Description& lab) {
    return "lab-" + lab.name.substr(0, lab.name.find('-')) + "-rig.elf";
}

std::string queries_of(const std::vector<const Case*>& cases) {
    std::vector<rig::Query> queries;
    queries.reserve(cases.size());
    for (const Case* made : cases)
        queries.push_back(query_of(*made));
    return ram_disk_of(queries);
}

std::vector<CaseResult> judge_rig(const Description& lab, const BuiltTree& tree,
                                  const std::vector<const Case*>& cases, Runner& runner) {
    if (cases.empty())
        return {};
    return Rig(tree.image(rig_of(lab)), tree.top, runner.folder(), vocabulary_of(lab), runner)
        .ask(cases);
}

} // namespace lab
