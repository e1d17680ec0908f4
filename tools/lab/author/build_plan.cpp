// How a guest's build makes its images: what each object reads, and the lines that made it all.
// SPDX-License-Identifier: MIT
//
// `ninja -t compdb` prints every line with its output, `ninja -t deps` what each object read when
// it was compiled.
#include "build_plan.hpp"

#include "failure.hpp"
#include "process.hpp"
#include "shell_words.hpp"
#include "text.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace lab {

using faultline::Exit;
using faultline::Failure;

namespace {

std::string ninja(const std::filesystem::path& folder, const char* tool) {
    const auto said =
        faultline::capture({"ninja", "-C", folder.string(), "-t", tool}, std::chrono::seconds(60));
    const auto text = said.output.find('\n');
    const bool told = said.output.starts_with("ninja: Entering directory");
    if (said.ended.status != 0 || said.ended.signal != 0 || text == std::string::npos)
        throw Failure(Exit::failed,
                      "ninja says nothing of " + folder.string() + ":\n" + said.output,
                      "Remove the folder; it is built again.");
    return told ? said.output.substr(text + 1) : said.output;
}

// "OBJECT: #deps N, ..." and a line for each file, indented; an empty line between.
std::map<std::string, std::set<std::string>> read_deps(const std::string& text,
                                                       const std::filesystem::path& top,
                                                       const std::filesystem::path& guest) {
    std::map<std::string, std::set<std::string>> result;
    std::set<std::string>* current = nullptr;
    const std::string prefix = top.string() + "/";
    for (const auto& line : faultline::lines_of(text)) {
        if (!line.starts_with(' ')) {
            const auto end = line.find(": #deps");
            current = end == line.npos ? nullptr : &result[line.substr(0, end)];
            continue;
        }
        // Through layers/NAME, a link to the top, or as it is.
        const auto file = guest / line.substr(line.find_first_not_of(' '));
        std::error_code gone;
        const auto real = std::filesystem::weakly_canonical(file, gone).string();
        if (current && !gone && real.starts_with(prefix))
            current->insert(real.substr(prefix.size()));
    }
    return result;
}

bool is_compiler(const std::string& word) { return word.ends_with("g++") || word.ends_with("gcc"); }

Words without_launcher(Words words) {
    const auto compiler = std::ranges::find_if(words, is_compiler);
    return {compiler, words.end()};
}

} // namespace

const CompileStep* BuildPlan::compile(const std::string& object) const {
    const auto found = std::ranges::find(compiles, object, &CompileStep::object);
    return found == compiles.end() ? nullptr : &*found;
}

const LinkStep* BuildPlan::archive(const std::string& name) const {
    const auto found = std::ranges::find(archives, name, &LinkStep::image);
    return found == archives.end() ? nullptr : &*found;
}

const LinkStep& BuildPlan::link(const std::string& image) const {
    const auto found = std::ranges::find(links, image, &LinkStep::image);
    if (found == links.end())
        throw Failure(Exit::failed, "the lab's build makes no " + image,
                      "Look at the kernels that its lab.json names.");
    return *found;
}

std::vector<std::string> BuildPlan::objects_of(const LinkStep& link) const {
    std::vector<std::string> objects;
    for (const auto& input : link.inputs) {
        const auto* packed = archive(input);
        if (!packed)
            objects.push_back(input);
        else
            objects.insert(objects.end(), packed->inputs.begin(), packed->inputs.end());
    }
    return objects;
}

BuildPlan read_build_plan(const std::filesystem::path& top, const std::filesystem::path& guest) {
    BuildPlan plan{.top = top, .guest = guest, .compiles = {}, .links = {}, .archives = {}};
    const auto deps = read_deps(ninja(guest, "deps"), top, guest);
    for (const auto& entry : nlohmann::json::parse(ninja(guest, "compdb"))) {
        const std::string output = entry.at("output");
        const std::string line = entry.at("command");
        const bool is_object = output.ends_with(".obj") || output.ends_with(".o");
        const bool is_link =
            !is_object && line.find(" -nostdlib ") != line.npos && line.find(" -o ") != line.npos;
        if (is_object && line.find(" -c ") != line.npos) {
            const auto read = deps.find(output);
            CompileStep step{.object = output,
                             .command = without_launcher(shell_words(line)),
                             .source = std::string(entry.at("file")),
                             .reads = read == deps.end() ? std::set<std::string>{} : read->second};
            if (!step.command.empty())
                plan.compiles.push_back(std::move(step));
        } else if (is_link || output.ends_with(".a")) {
            LinkStep step{.image = output, .command = {}, .inputs = {}};
            for (auto& words : commands_of(line))
                if (is_compiler(words.front()) || words.front().ends_with("-ar"))
                    step.command = std::move(words);
            for (const auto& word : step.command)
                if (word.ends_with(".obj") || (word.ends_with(".a") && word != output))
                    step.inputs.push_back(word);
            (is_link ? plan.links : plan.archives).push_back(std::move(step));
        }
    }
    return plan;
}

} // namespace lab
