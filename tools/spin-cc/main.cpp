// spin-cc: checks, compiles, merges, names and signs an extension of the SPIN kernel.
// SPDX-License-Identifier: MIT
//
// Exit codes: 0 done; 1 it is not safe, or does not compile; 2 wrong usage; 3 something is missing.
#include "failure.hpp"
#include "process.hpp"
#include "scratch.hpp"
#include "steps.hpp"
#include "text.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace fs = std::filesystem;
using namespace spin_cc;
using faultline::Exit;
using faultline::Failure;

namespace {

constexpr const char* LIKE = "kernels/spin/extensions/pager/pager.cpp";

struct Request {
    Path build{};
    Path like = Path(FAULTLINE_TOP) / LIKE;
    Path output{};
    Path debug_output{};
    bool is_unchecked = false;
    Path to_sign{};
    bool wants_names = false;
    Paths sources{};
};

Paths runtime_of(const Path& build) {
    Paths objects;
    const Path folder = build / "spin/runtime";
    if (fs::is_directory(folder))
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ".obj")
                objects.push_back(entry.path());
    if (objects.empty())
        throw Failure(Exit::missing, folder.string() + " holds no runtime",
                      "Build the guest: ./faultline run spin");
    std::ranges::sort(objects);
    return objects;
}

bool is_object(const Path& path) { return path.extension() == ".o"; }

// The objects of an extension: what was given, or what its sources compile to.
Paths compile_all(const Request& request, const Pattern& pattern, const Path& scratch) {
    if (std::ranges::all_of(request.sources, is_object))
        return request.sources;
    Path unit = request.output;
    unit = make_one_unit(request.sources, unit.replace_extension(".unit.cpp"));
    if (!request.is_unchecked && !check(unit, pattern, FAULTLINE_TOP))
        throw Failure(Exit::failed, request.output.filename().string() + " is not safe",
                      "docs/safe-subset.md says what each rule is for, and what to write instead.");
    const Path object = scratch / "unit.o";
    compile(unit, object, request.output, pattern);
    Paths objects = runtime_of(request.build);
    objects.insert(objects.begin(), object);
    return objects;
}

void make(const Request& request) {
    // Afresh, not as the build found it before: what counts is what this extension includes.
    const Path top = FAULTLINE_TOP;
    const Interface interface = read_interface(top / "kernels/spin/interface",
                                               Pattern(request.build, top / LIKE).for_clang());
    if (request.wants_names) {
        faultline::write_file(request.output, as_macros(interface));
        return;
    }
    const Pattern pattern(request.build, request.like);
    const faultline::Scratch scratch;
    const bool keeps = !request.debug_output.empty();
    const Path merged = keeps ? request.debug_output : scratch.path() / "merged.o";
    merge(compile_all(request, pattern, scratch.path()), merged, top / "kernels/spin/link/merge.ld",
          pattern);
    // Under its own name: a refusal says it.
    const Path finished = scratch.path() / request.output.filename();
    finish(merged, finished, interface, pattern);
    if (!request.is_unchecked)
        check_object(finished);
    sign(finished);
    faultline::replace_file(request.output, faultline::read_file(finished));
}

Request parse(const CLI::App& app, Request request) {
    if (request.build.empty() || request.output.empty())
        throw CLI::ValidationError("spin-cc", "wants -p BUILD and -o OBJECT");
    if (request.sources.empty() == !request.wants_names)
        throw CLI::ValidationError("SOURCE", "give the sources of an extension, or --names");
    for (Path& source : request.sources) {
        if (is_object(source) && !request.is_unchecked)
            throw CLI::ValidationError(
                source.string(), "an object was compiled elsewhere, and checked by nobody: give "
                                 "its source, or --unchecked");
        source = fs::absolute(source).lexically_normal();
    }
    // The pattern is the first source itself, if the build knows it.
    const bool is_given = app.count("--like") != 0;
    if (!is_given && !request.sources.empty() && is_built(request.build, request.sources.front()))
        request.like = request.sources.front();
    for (Path* const path : {&request.like, &request.output, &request.debug_output})
        if (!path->empty())
            *path = fs::absolute(*path).lexically_normal();
    return request;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app{"Makes an extension of the SPIN kernel: checks its source, compiles it as one "
                 "translation unit, gives\nits imports the names of the interface, and signs it. "
                 "docs/spin.md tells more.",
                 "spin-cc"};
    Request request;
    app.add_option("-p", request.build, "the guest's build, such as build/default/guest-release");
    app.add_option("--like", request.like, "a source of that build, whose flags are taken");
    app.add_option("-o", request.output, "the object to make");
    app.add_option("--debug", request.debug_output,
                   "keep it as it was merged, with debug information");
    app.add_flag("--names", request.wants_names,
                 "make no object, but the names of the interface for the kernel's assembler");
    app.add_flag("--unchecked", request.is_unchecked,
                 "sign what nobody has checked: for what tries the kernel's own defences");
    app.add_option("--sign", request.to_sign,
                   "sign this object as it is, checked or not, and do nothing else");
    app.add_option("SOURCE", request.sources, "C++ sources of one extension");
    app.footer("Exit codes: 0 done; 1 not safe, or it does not compile; 2 wrong usage; 3 something "
               "is missing.");
    try {
        app.parse(argc, argv);
        faultline::prepare_signals();
        if (request.to_sign.empty())
            make(parse(app, request));
        else
            sign(fs::absolute(request.to_sign));
        return 0;
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::usage);
    } catch (const Failure& failure) {
        std::cerr << "spin-cc: " << failure.what() << "\n  " << failure.next() << '\n';
        return static_cast<int>(failure.exit());
    } catch (const faultline::Interrupted& interrupted) {
        return 128 + interrupted.signal;
    } catch (const std::exception& failure) {
        std::cerr << "spin-cc: " << failure.what() << '\n';
        return static_cast<int>(Exit::missing);
    }
}
