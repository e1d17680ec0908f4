// What the guest build made: kernels, the images of each, programs.
// SPDX-License-Identifier: MIT
//
// The format is written by guest/CMakeLists.txt; what is wrong in it is said with the place.
#include "manifest.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace faultline {

using Json = nlohmann::json;

static constexpr int MANIFEST_VERSION = 1;

static Failure malformed(const std::filesystem::path& folder, const std::string& why) {
    return Failure(Exit::failed, (folder / "manifest.json").string() + ": " + why,
                   "Remove the build folder and build again: rm -r build && ./faultline");
}

// A view of one JSON object that knows its place in the file for messages.
class Reader {
public:
    Reader(const Json& value, std::string place, const std::filesystem::path& folder)
        : value_(value), place_(std::move(place)), folder_(folder) {
        if (!value.is_object())
            throw malformed(folder_, place_ + " is not an object");
    }

    std::string text(const char* key) const {
        const auto found = value_.find(key);
        if (found == value_.end() || !found->is_string() || found->get<std::string>().empty())
            throw malformed(folder_, place_ + " has no text \"" + key + "\"");
        return found->get<std::string>();
    }

    std::filesystem::path file(const char* key) const { return folder_ / text(key); }
    bool has(const char* key) const { return value_.contains(key); }

    std::string text_or_nothing(const char* key) const {
        return has(key) ? text(key) : std::string();
    }

    bool flag(const char* key) const {
        const auto found = value_.find(key);
        if (found != value_.end() && !found->is_boolean())
            throw malformed(folder_, place_ + "." + key + " is neither true nor false");
        return found != value_.end() && found->get<bool>();
    }

    std::vector<std::string> words(const char* key) const {
        std::vector<std::string> result;
        const auto found = value_.find(key);
        if (found == value_.end())
            return result;
        for (const auto& word : *found) {
            if (!found->is_array() || !word.is_string())
                throw malformed(folder_, place_ + "." + key + " is not a list of words");
            result.push_back(word.get<std::string>());
        }
        return result;
    }

    template <class Each>
    void each(const char* key, Each use) const {
        const auto found = value_.find(key);
        if (found == value_.end() || !found->is_array())
            throw malformed(folder_, place_ + " has no list \"" + key + "\"");
        for (std::size_t i = 0; i < found->size(); ++i)
            use(Reader((*found)[i], place_ + "." + key + "[" + std::to_string(i) + "]", folder_));
    }

private:
    const Json& value_;
    std::string place_;
    const std::filesystem::path& folder_;
};

static Kernel read_kernel(const Reader& entry) {
    Kernel kernel{.name = entry.text("kernel"),
                  .image = entry.file("image"),
                  .image_sstc = entry.file("image_sstc"),
                  .images = {},
                  .features = entry.words("has")};
    entry.each("images", [&](const Reader& image) {
        kernel.images.push_back({.domain = image.text("domain"), .file = image.file("file")});
    });
    if (entry.has("ram_disk"))
        kernel.ram_disk = entry.file("ram_disk");
    if (entry.has("benchmarks"))
        entry.each("benchmarks", [&](const Reader& benchmark) {
            kernel.benchmarks.push_back(
                {.name = benchmark.text("benchmark"), .boot = benchmark.text("boot")});
        });
    return kernel;
}

static Program read_program(const Reader& entry) {
    return {.name = entry.text("program"),
            .file = entry.file("file"),
            .needs = entry.words("needs"),
            .boot = entry.text_or_nothing("boot"),
            .figures = entry.flag("figures"),
            .benchmark = entry.flag("benchmark"),
            .by_chance = entry.flag("by_chance")};
}

Manifest parse_manifest(const std::string& text, const std::filesystem::path& folder) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        throw malformed(folder, "is not JSON");
    const Reader top(json, "the manifest", folder);
    if (const auto version = json.value("version", Json()); version != Json(MANIFEST_VERSION))
        throw malformed(folder, "has version " + version.dump() + ", this command reads version " +
                                    std::to_string(MANIFEST_VERSION));
    Manifest manifest{.folder = folder,
                      .build = top.text("build"),
                      .compiler = top.text("compiler"),
                      .disk = top.file("disk"),
                      .kernels = {},
                      .programs = {}};
    top.each("kernels", [&](const Reader& e) { manifest.kernels.push_back(read_kernel(e)); });
    top.each("programs", [&](const Reader& e) { manifest.programs.push_back(read_program(e)); });
    return manifest;
}

Manifest load_manifest(const std::filesystem::path& folder) {
    if (!std::filesystem::exists(folder / "manifest.json"))
        throw Failure(Exit::failed,
                      folder.string() + " holds no manifest.json: nothing is built there",
                      "Build everything with ./faultline (or cmake --build --preset default).");
    return parse_manifest(read_file(folder / "manifest.json"), std::filesystem::absolute(folder));
}

template <class Entry>
static const Entry& entry_named(const std::vector<Entry>& entries, std::string_view name,
                                const char* kind, const std::vector<std::string>& known) {
    const auto found =
        std::ranges::find_if(entries, [&](const Entry& entry) { return entry.name == name; });
    if (found == entries.end())
        throw Failure(Exit::usage, std::string("no ") + kind + " is called " + std::string(name),
                      suggestion(name, known));
    return *found;
}

bool Kernel::has(std::string_view feature) const {
    return std::ranges::find(features, feature) != features.end();
}

std::vector<std::string> Kernel::missing_for(const Program& program) const {
    std::vector<std::string> missing;
    std::ranges::copy_if(program.needs, std::back_inserter(missing),
                         [&](const auto& feature) { return !has(feature); });
    return missing;
}

void require_features(const Kernel& kernel, const Program& program) {
    if (const auto missing = kernel.missing_for(program); !missing.empty())
        throw Failure(Exit::failed,
                      kernel.name + " cannot run " + program.name + " yet: it lacks " +
                          join(missing),
                      "./faultline compare " + program.name + " shows which kernels can.");
}

std::vector<std::string> Manifest::kernel_names() const {
    std::vector<std::string> names;
    for (const auto& kernel : kernels)
        names.push_back(kernel.name);
    return names;
}

std::vector<std::string> Manifest::program_names() const {
    std::vector<std::string> names;
    for (const auto& program : programs)
        names.push_back(program.name);
    return names;
}

bool Manifest::has_program(std::string_view name) const {
    return std::ranges::find(programs, name, &Program::name) != programs.end();
}

const Kernel& Manifest::kernel(std::string_view name) const {
    return entry_named(kernels, name, "kernel of this build", kernel_names());
}

const Program& Manifest::program(std::string_view name) const {
    return entry_named(programs, name, "program or scenario", program_names());
}

} // namespace faultline
