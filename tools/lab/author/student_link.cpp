// Links an image of pristine objects and a student's.
// SPDX-License-Identifier: MIT
//
// Pristine inputs come first: of a function that several objects define inline, theirs counts. An
// archive stands there twice, since what comes behind may need more of it.
#include "student_link.hpp"

#include "student_tree.hpp"

#include <algorithm>

namespace lab {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t LARGEST_IMAGE = 32 << 20;
constexpr JobLimits LINKING{.wall = std::chrono::seconds(90),
                            .processor = std::chrono::seconds(40),
                            .memory = 768 << 20,
                            .file = LARGEST_IMAGE,
                            .disk = 64 << 20,
                            .processes = 16};

class Linker {
public:
    Linker(const BuildPlan& pristine, const std::map<std::string, fs::path>& objects,
           const LinkPlace& place)
        : plan_(pristine), objects_(objects), place_(place) {}

    JobEnd run(const LinkStep& link) {
        folder_ = place_.folder / ("link-" + link.image);
        fs::create_directories(folder_);
        Words command;
        for (const auto& word : link.command)
            if (std::ranges::find(link.inputs, word) == link.inputs.end())
                command.push_back(word);
        set_option(command, "-o", folder_ / "image");
        // What is compiled is compiled: an object is no order to compile more.
        command.insert(command.end(), {"-fno-lto", "-fno-use-linker-plugin"});
        const Words inputs = inputs_of(link);
        command.insert(command.end(), inputs.begin(), inputs.end());
        jobs_.push_back(job(std::move(command)));
        JobEnd end;
        for (const auto& one : jobs_) {
            end = place_.sandbox.run(one);
            if (end.how != JobEnding::by_itself || end.ended.status != 0)
                return end;
        }
        if (!take_file(folder_ / "image", place_.image, LARGEST_IMAGE))
            return {.how = JobEnding::file, .ended = {1, 0}, .output = "it left no image\n"};
        return end;
    }

private:
    Words inputs_of(const LinkStep& link) {
        Words inputs, archives, students;
        for (const auto& input : link.inputs) {
            const auto* packed = plan_.archive(input);
            if (objects_.contains(input))
                students.push_back(objects_.at(input));
            else if (packed && has_students(*packed))
                archives.push_back(pack(*packed));
            else
                (packed ? archives : inputs).push_back((plan_.guest / input).string());
        }
        for (const auto& more : {archives, students, archives})
            inputs.insert(inputs.end(), more.begin(), more.end());
        return inputs;
    }

    bool has_students(const LinkStep& archive) const {
        return std::ranges::any_of(archive.inputs,
                                   [&](const auto& object) { return objects_.contains(object); });
    }

    // The archive with the student's objects in the place of the starter's; made first.
    std::string pack(const LinkStep& archive) {
        const auto file = folder_ / fs::path(archive.image).filename();
        Words command = {archive.command.front(), "qcs", file};
        for (const auto& object : archive.inputs)
            command.push_back(objects_.contains(object) ? objects_.at(object)
                                                        : plan_.guest / object);
        jobs_.push_back(job(std::move(command)));
        return file;
    }

    Job job(Words command) const {
        return {.command = std::move(command),
                .folder = folder_,
                .reads = {plan_.guest, place_.folder / "objects"},
                .directory = folder_,
                .limits = LINKING};
    }

    const BuildPlan& plan_;
    const std::map<std::string, fs::path>& objects_;
    const LinkPlace& place_;
    fs::path folder_{};
    std::vector<Job> jobs_{};
};

} // namespace

// The value behind OPTION, where the line has it.
void set_option(Words& command, std::string_view option, const std::string& value) {
    const auto found = std::ranges::find(command, option);
    if (found != command.end() && std::next(found) != command.end())
        *std::next(found) = value;
}

JobEnd link_image(const BuildPlan& pristine, const LinkStep& link,
                  const std::map<std::string, fs::path>& objects, const LinkPlace& place) {
    return Linker(pristine, objects, place).run(link);
}

} // namespace lab
