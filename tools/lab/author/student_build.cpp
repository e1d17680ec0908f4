// A student's files in a copy of the lab's pristine tree: compiled, looked at, linked.
// SPDX-License-Identifier: MIT
#include "student_build.hpp"

#include "image_hash.hpp"
#include "object_check.hpp"
#include "read_by_compiler.hpp"
#include "student_tree.hpp"
#include "text.hpp"
#include "visible.hpp"

#include <algorithm>
#include <map>

namespace lab {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t LARGEST_OBJECT = 8 << 20;
constexpr std::uint64_t LARGEST_IMAGE = 32 << 20;
constexpr JobLimits COMPILING{.wall = std::chrono::seconds(90),
                              .processor = std::chrono::seconds(40),
                              .memory = 768 << 20,
                              .file = LARGEST_OBJECT,
                              .disk = 64 << 20,
                              .processes = 16};
constexpr JobLimits LINKING{.wall = std::chrono::seconds(90),
                            .processor = std::chrono::seconds(40),
                            .memory = 768 << 20,
                            .file = LARGEST_IMAGE,
                            .disk = 64 << 20,
                            .processes = 16};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

// The value behind OPTION, where the line has it.
void set_option(Words& command, std::string_view option, const std::string& value) {
    const auto found = std::ranges::find(command, option);
    if (found != command.end() && std::next(found) != command.end())
        *std::next(found) = value;
}

const char* why_ended(JobEnding how) {
    switch (how) {
    case JobEnding::wall:
    case JobEnding::processor:
        return "it was ended for its time: an endless recursion of templates, includes, constexpr "
               "or the assembler's macros looks like this";
    case JobEnding::file:
    case JobEnding::disk:
        return "it wrote more than any object of a lab holds: a very large array with values, or a "
               "repetition in the assembler, looks like this";
    case JobEnding::signal:
        return "it crashed, or took more memory than there is for it";
    case JobEnding::by_itself:
        break;
    }
    return "";
}

class Builder {
public:
    Builder(const BuildPlan& pristine, const Submission& submission,
            const StudentBuildOptions& options)
        : plan_(pristine), submission_(submission), options_(options) {}

    StudentBuild run() {
        build_.tree = copy_tree(plan_, options_.folder / "tree");
        fs::create_directories(options_.folder / "objects");
        for (const auto& [file, content] : submission_.files)
            put(file, content);
        if (compile() && check())
            build_.is_whole = link();
        if (build_.is_whole)
            for (const auto& image : options_.images)
                build_.images.push_back({image, image_hash(build_.tree.image(image))});
        return std::move(build_);
    }

private:
    struct Made { // of one object
        const CompileStep* step = nullptr;
        fs::path folder{}; // of its job
        fs::path object{};
        bool done = false;
    };

    void put(const fs::path& file, const std::string& content) {
        fs::create_directories((build_.tree.top / file).parent_path());
        fs::remove(build_.tree.top / file);
        faultline::write_file(build_.tree.top / file, content);
    }

    bool is_students(const std::string& file) const {
        return submission_.files.contains(file) && !given_up_.contains(file);
    }

    std::vector<const CompileStep*> steps_to_make() const {
        std::map<std::string, const CompileStep*> steps;
        for (const auto& image : options_.images)
            for (const auto& object : plan_.objects_of(plan_.link(image)))
                if (const auto* step = plan_.compile(object);
                    step && std::ranges::any_of(
                                step->reads, [&](const auto& file) { return is_students(file); }))
                    steps[object] = step;
        std::vector<const CompileStep*> result;
        for (const auto& [object, step] : steps)
            result.push_back(step);
        return result;
    }

    std::string source_name(const CompileStep& step) const {
        return step.source.lexically_relative(plan_.top).string();
    }

    Job compile_job(const CompileStep& step, const fs::path& folder) const {
        Words command;
        for (const auto& word : step.command)
            // Lines are enough to say where an instruction comes from, and cost less time.
            command.push_back(word == "-g"
                                  ? "-g1"
                                  : replaced(word, plan_.top.string(), build_.tree.top.string()));
        set_option(command, "-o", folder / "object.obj");
        set_option(command, "-MF", folder / "read.d");
        command.insert(command.end(), {"-Wa,--MD," + (folder / "assembled.d").string(),
                                       "-fmax-errors=8", "-fdiagnostics-color=never"});
        return {.command = std::move(command),
                .folder = folder,
                .reads = {build_.tree.top},
                .directory = build_.tree.guest,
                .limits = COMPILING};
    }

    // Until all that is left compiles; false: a file that others need does not.
    bool compile() {
        while (true) {
            const auto steps = steps_to_make();
            const auto failed = compile_all(steps);
            if (failed.empty())
                return true;
            bool gave_up_one = false;
            for (const auto* step : failed)
                gave_up_one |= give_up(source_name(*step));
            if (!gave_up_one)
                return false;
        }
    }

    // Those that failed. What was made before and still stands is not made again.
    std::vector<const CompileStep*> compile_all(const std::vector<const CompileStep*>& steps) {
        std::vector<Job> jobs;
        std::vector<Made*> under_way;
        for (const auto* step : steps) {
            Made& made = made_[step->object];
            if (made.done)
                continue;
            made = {.step = step,
                    .folder = options_.folder / ("compile-" + std::to_string(++jobs_)),
                    .object = options_.folder / "objects" / (std::to_string(jobs_) + ".obj")};
            fs::create_directories(made.folder);
            jobs.push_back(compile_job(*step, made.folder));
            under_way.push_back(&made);
        }
        say("compiling " + std::to_string(jobs.size()) + " files");
        const auto ends = options_.sandbox.run(jobs, options_.at_a_time);
        std::vector<const CompileStep*> failed;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            Made& made = *under_way[i];
            const bool good = ends[i].how == JobEnding::by_itself && ends[i].ended.status == 0;
            made.done = good && take_file(made.folder / "object.obj", made.object, LARGEST_OBJECT);
            if (!made.done)
                failed.push_back(made.step);
            if (!made.done)
                note(source_name(*made.step), ends[i]);
        }
        return failed;
    }

    void note(const std::string& what, const JobEnd& end) {
        const std::string why = why_ended(end.how);
        std::string text = replaced(end.output, build_.tree.top.string() + "/", "");
        text = faultline::first_messages(replaced(text, options_.folder.string() + "/", ""));
        build_.messages += what + ": " + (why.empty() ? "it does not compile" : why) + "\n" + text +
                           (text.empty() || text.ends_with('\n') ? "" : "\n");
    }

    // A source of the student's, which nobody includes: the starter's takes its place.
    bool give_up(const std::string& source) {
        if (!is_students(source))
            return false;
        given_up_.insert(source);
        put(source, faultline::read_file(plan_.top / source));
        for (auto& [object, made] : made_)
            if (made.step && made.step->reads.contains(source))
                made.done = false;
        build_.replaced.push_back({.test = source,
                                   .expected = "a source that compiles",
                                   .observed = "it does not compile; the starter's was judged in "
                                               "its place",
                                   .hint = "Points that need nothing of it can still be earned."});
        return true;
    }

    bool check() {
        for (const auto& image : options_.images) {
            const auto& link = plan_.link(image);
            const auto names = names_of(plan_, link);
            for (const auto& object : plan_.objects_of(link))
                if (const auto made = made_.find(object); made != made_.end() && made->second.done)
                    check_object(made->second, names);
        }
        return build_.refused.empty();
    }

    void refuse(const Made& made, const std::string& what) {
        const std::string source = source_name(*made.step);
        const bool known = std::ranges::any_of(build_.refused, [&](const Finding& one) {
            return one.test == source && one.observed == what;
        });
        if (!known)
            build_.refused.push_back(
                {.test = source,
                 .expected = "an object that defines what the starter's does, and reads the tree",
                 .observed = "it " + what,
                 .hint = is_students(source) ? "" : "It reads a header of the submission's."});
    }

    void check_object(const Made& made, const ImageNames& names) {
        for (const char* list : {"read.d", "assembled.d"}) {
            std::error_code none;
            if (!fs::is_regular_file(fs::symlink_status(made.folder / list, none)) ||
                fs::file_size(made.folder / list, none) > (1U << 20)) {
                refuse(made, "left no list of what it read");
                continue;
            }
            for (const auto& file : files_of_rule(faultline::read_file(made.folder / list)))
                if (!is_expected(file, build_.tree.guest, build_.tree.top, made.folder))
                    refuse(made, "reads " + faultline::visible(file) +
                                     ", which is no file of the "
                                     "lab's");
        }
        const auto facts = read_object(made.object);
        const auto starters = read_object(plan_.guest / made.step->object);
        const auto source = faultline::read_file(made.step->source);
        for (const auto& problem : problems_of(facts, {made.step->object, starters, source}, names))
            refuse(made, problem);
    }

    // Where an input of a link is: pristine ones first, so that of an inline function theirs
    // counts.
    Words inputs_of(const LinkStep& link, const fs::path& folder, std::vector<Job>& before) {
        Words pristine, archives, students;
        for (const auto& input : link.inputs) {
            const auto made = made_.find(input);
            if (made != made_.end() && made->second.done)
                students.push_back(made->second.object);
            else if (const auto* packed = plan_.archive(input); packed && has_made(*packed))
                students.push_back(pack(*packed, folder, before));
            else
                (plan_.archive(input) ? archives : pristine)
                    .push_back((plan_.guest / input).string());
        }
        for (const auto& more : {archives, students, archives})
            pristine.insert(pristine.end(), more.begin(), more.end());
        return pristine;
    }

    bool has_made(const LinkStep& archive) const {
        return std::ranges::any_of(archive.inputs, [&](const auto& object) {
            const auto made = made_.find(object);
            return made != made_.end() && made->second.done;
        });
    }

    Job link_job(Words command, const fs::path& folder) const {
        return {.command = std::move(command),
                .folder = folder,
                .reads = {plan_.guest, options_.folder / "objects"},
                .directory = folder,
                .limits = LINKING};
    }

    std::string pack(const LinkStep& archive, const fs::path& folder, std::vector<Job>& before) {
        const auto file = folder / fs::path(archive.image).filename();
        Words command = {archive.command.front(), "qcs", file};
        for (const auto& object : archive.inputs) {
            const auto made = made_.find(object);
            command.push_back(made != made_.end() && made->second.done ? made->second.object
                                                                       : plan_.guest / object);
        }
        before.push_back(link_job(std::move(command), folder));
        return file;
    }

    bool link() {
        for (const auto& image : options_.images)
            if (!link_image(plan_.link(image)))
                return false;
        return true;
    }

    bool link_image(const LinkStep& link) {
        say("linking " + link.image);
        const auto folder = options_.folder / ("link-" + link.image);
        fs::create_directories(folder);
        std::vector<Job> jobs;
        const Words inputs = inputs_of(link, folder, jobs);
        Words command;
        for (const auto& word : link.command)
            if (std::ranges::find(link.inputs, word) == link.inputs.end())
                command.push_back(word);
        set_option(command, "-o", folder / "image");
        // What is compiled is compiled: an object is no order to compile more.
        command.insert(command.end(), {"-fno-lto", "-fno-use-linker-plugin"});
        command.insert(command.end(), inputs.begin(), inputs.end());
        jobs.push_back(link_job(std::move(command), folder));
        for (const auto& job : jobs) {
            const auto end = options_.sandbox.run(job);
            if (end.how != JobEnding::by_itself || end.ended.status != 0) {
                note(link.image, end);
                return false;
            }
        }
        return take_file(folder / "image", build_.tree.image(link.image), LARGEST_IMAGE);
    }

    void say(const std::string& words) const {
        if (options_.progress)
            options_.progress(words);
    }

    const BuildPlan& plan_;
    const Submission& submission_;
    const StudentBuildOptions& options_;
    StudentBuild build_{};
    std::map<std::string, Made> made_{};
    std::set<std::string> given_up_{};
    unsigned jobs_ = 0;
};

} // namespace

StudentBuild build_student(const BuildPlan& pristine, const Submission& submission,
                           const StudentBuildOptions& options) {
    return Builder(pristine, submission, options).run();
}

} // namespace lab
