// A student's files in a copy of the lab's pristine tree: compiled, looked at, linked.
// SPDX-License-Identifier: MIT
#include "student_build.hpp"

#include "compiler_messages.hpp"
#include "image_hash.hpp"
#include "object_check.hpp"
#include "read_by_compiler.hpp"
#include "student_link.hpp"
#include "student_tree.hpp"
#include "text.hpp"
#include "visible.hpp"

#include <algorithm>
#include <map>

namespace lab {

namespace fs = std::filesystem;

namespace {

class Builder {
public:
    Builder(const BuildPlan& pristine, const Submission& submission,
            const StudentBuildOptions& options)
        : plan_(pristine), submission_(submission), options_(options) {}

    StudentBuild run() {
        narrow_ = !options_.with_holes.empty() && keeps_frames();
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

    // Do all files that a compiler reads differ from the starter's in the holes alone?
    bool keeps_frames() const {
        return std::ranges::all_of(submission_.files, [&](const auto& one) {
            const auto frame = options_.frames.find(one.first);
            return frame == options_.frames.end()
                       ? std::ranges::none_of(plan_.compiles,
                                              [&](const CompileStep& step) {
                                                  return step.reads.contains(one.first);
                                              })
                       : keeps_frame(one.second, frame->second);
        });
    }

    std::vector<const CompileStep*> steps_to_make() const {
        std::map<std::string, const CompileStep*> steps;
        for (const auto& image : options_.images)
            for (const auto& object : plan_.objects_of(plan_.link(image)))
                if (const auto* step = plan_.compile(object);
                    step && (!narrow_ || options_.with_holes.contains(object)) &&
                    std::ranges::any_of(step->reads,
                                        [&](const auto& file) { return is_students(file); }))
                    steps[object] = step;
        std::vector<const CompileStep*> result;
        result.reserve(steps.size());
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
                .limits = options_.compiling};
    }

    // Until all that is left compiles; false: a file that others need does not. Of many files that
    // read the same broken header one is enough to know it, so a few are tried first.
    bool compile() {
        while (true) {
            const auto steps = steps_to_make();
            auto failed = compile_all(first_of(steps));
            if (failed.empty())
                failed = compile_all(steps);
            if (failed.empty())
                return true;
            bool gave_up_one = false;
            for (const auto* step : failed)
                gave_up_one |= give_up(source_name(*step));
            if (!gave_up_one)
                return false;
        }
    }

    // The student's own sources, and one that reads headers only.
    std::vector<const CompileStep*> first_of(const std::vector<const CompileStep*>& steps) const {
        std::vector<const CompileStep*> first;
        bool has_reader = false;
        for (const auto* step : steps) {
            const bool own = is_students(source_name(*step));
            if (own || !has_reader)
                first.push_back(step);
            has_reader |= !own;
        }
        return first;
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
            made.done = good && take_file(made.folder / "object.obj", made.object, COMPILING.file);
            if (!made.done)
                failed.push_back(made.step);
            if (!made.done)
                note(source_name(*made.step), ends[i]);
        }
        return failed;
    }

    void note(const std::string& what, const JobEnd& end) {
        if (++noted_ > 3) // they say the same
            return;
        build_.messages += compiler_message(what, end, build_.tree.top, options_.folder);
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
            return one.test == source && one.observed == "it " + what;
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

    bool link() {
        std::map<std::string, fs::path> objects;
        for (const auto& [name, made] : made_)
            if (made.done)
                objects[name] = made.object;
        for (const auto& image : options_.images) {
            say("linking " + image);
            const auto end =
                link_image(plan_, plan_.link(image), objects,
                           {options_.sandbox, options_.folder, build_.tree.image(image)});
            if (end.how != JobEnding::by_itself || end.ended.status != 0) {
                noted_ = 0;
                note(image, end);
                return false;
            }
        }
        return true;
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
    bool narrow_ = false;
    unsigned jobs_ = 0;
    unsigned noted_ = 0;
};

} // namespace

StudentBuild build_student(const BuildPlan& pristine, const Submission& submission,
                           const StudentBuildOptions& options) {
    return Builder(pristine, submission, options).run();
}

} // namespace lab
