// Which objects of a lab's images hold code that its holes make.
// SPDX-License-Identifier: MIT
#include "hole_use.hpp"

#include "code_print.hpp"
#include "compiler_messages.hpp"
#include "leak.hpp"
#include "marker.hpp"
#include "sandbox.hpp"
#include "student_link.hpp"
#include "student_tree.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <algorithm>
#include <thread>

namespace lab {

namespace fs = std::filesystem;
using Tokens = std::vector<std::string>;

static std::vector<const CompileStep*>
readers_of(const BuildPlan& plan, const std::vector<std::string>& images, const Description& lab) {
    std::set<std::string> objects;
    for (const auto& image : images)
        for (const auto& object : plan.objects_of(plan.link(image)))
            objects.insert(object);
    std::vector<const CompileStep*> readers;
    for (const auto& object : objects)
        if (const auto* step = plan.compile(object);
            step && std::ranges::any_of(lab.files, [&](const fs::path& file) {
                return step->reads.contains(file.string());
            }))
            readers.push_back(step);
    return readers;
}

static Job compile_job(const BuildPlan& plan, const CompileStep& step, const BuiltTree& tree,
                       const fs::path& folder) {
    Words command;
    for (const auto& word : step.command)
        command.push_back(replaced(word, plan.top.string(), tree.top.string()));
    set_option(command, "-o", folder / "object.obj");
    set_option(command, "-MF", folder / "read.d");
    return {.command = std::move(command),
            .folder = folder,
            .directory = tree.guest,
            .limits = {.wall = std::chrono::minutes(10), .processor = std::chrono::minutes(10)}};
}

std::set<std::string> objects_with_holes(const BuildPlan& pristine,
                                         const std::vector<std::string>& images,
                                         const Description& lab, const fs::path& top,
                                         const fs::path& folder) {
    fs::remove_all(folder);
    const auto tree = copy_tree(pristine, folder / "tree");
    for (const auto& file : lab.files)
        if (may_have_markers(file))
            faultline::write_file(tree.top / file, cut_text(faultline::read_file(top / file),
                                                            lab.number, file.string(), {}));
    const auto readers = readers_of(pristine, images, lab);
    std::vector<Job> jobs;
    for (const auto* step : readers) {
        const auto own = folder / ("compile-" + std::to_string(jobs.size()));
        fs::create_directories(own);
        jobs.push_back(compile_job(pristine, *step, tree, own));
    }
    // The tree's own code: nothing has to be kept from it.
    const auto ends = make_sandbox(SandboxKind::none)
                          ->run(jobs, std::max(1U, std::thread::hardware_concurrency()));
    std::set<std::string> differ;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (ends[i].how != JobEnding::by_itself || ends[i].ended.status != 0)
            throw faultline::Failure(
                faultline::Exit::failed,
                "the lab's solution does not compile:\n" +
                    compiler_message(readers[i]->object, ends[i], tree.top, folder),
                "./faultline lab validate says more.");
        if (code_print(jobs[i].folder / "object.obj") !=
            code_print(pristine.guest / readers[i]->object))
            differ.insert(readers[i]->object);
    }
    fs::remove_all(folder);
    return differ;
}

static constexpr const char* HOLE = "faultline_hole_in_the_text";

std::map<fs::path, Frame> frames_of(const Description& lab, const fs::path& top) {
    std::map<fs::path, Frame> frames;
    for (const auto& file : lab.files) {
        if (!may_have_markers(file))
            continue;
        const auto text = cut_text(faultline::read_file(top / file), lab.number, file.string(),
                                   [](const std::string&) { return std::string(HOLE) + "\n"; });
        Frame frame(1);
        for (auto& token : tokens_of(without_comments(text)))
            if (token == HOLE)
                frame.emplace_back();
            else
                frame.back().push_back(std::move(token));
        if (frame.size() > 1)
            frames[file] = std::move(frame);
    }
    return frames;
}

bool keeps_frame(const std::string& text, const Frame& frame) {
    const Tokens tokens = tokens_of(without_comments(text));
    const auto& head = frame.front();
    const auto& tail = frame.back();
    if (frame.size() == 1)
        return tokens == head;
    if (tokens.size() < head.size() + tail.size() ||
        !std::equal(head.begin(), head.end(), tokens.begin()) ||
        !std::equal(tail.rbegin(), tail.rend(), tokens.rbegin()))
        return false;
    auto at = tokens.begin() + static_cast<std::ptrdiff_t>(head.size());
    const auto end = tokens.end() - static_cast<std::ptrdiff_t>(tail.size());
    for (auto piece = std::next(frame.begin()); piece != std::prev(frame.end()); ++piece) {
        const auto found = std::search(at, end, piece->begin(), piece->end());
        if (found == end && !piece->empty())
            return false;
        at = found + static_cast<std::ptrdiff_t>(piece->size());
    }
    return true;
}

} // namespace lab
