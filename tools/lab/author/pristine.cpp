// A lab's pristine tree: its starter, built, kept for every submission of the lab.
// SPDX-License-Identifier: MIT
//
// A file `key` is written last: it says of what the tree was made. A folder without it is half
// made.
#include "pristine.hpp"

#include "cut.hpp"
#include "failure.hpp"
#include "hole_use.hpp"
#include "kit.hpp"
#include "process.hpp"
#include "selection.hpp"
#include "sha256.hpp"
#include "text.hpp"
#include "tree.hpp"
#include "visible.hpp"

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <set>
#include <sys/file.h>
#include <unistd.h>

namespace lab {

namespace fs = std::filesystem;
using faultline::Exit;
using faultline::Failure;

namespace {

constexpr std::chrono::minutes BUILDING{60};

// One grader at a time makes it.
class Lock {
public:
    explicit Lock(const fs::path& file)
        : descriptor_(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        while (descriptor_ >= 0 && flock(descriptor_, LOCK_EX | LOCK_NB) != 0)
            faultline::wait_for_event(std::chrono::milliseconds(200));
    }
    ~Lock() {
        if (descriptor_ >= 0)
            close(descriptor_);
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

private:
    int descriptor_;
};

std::string compiler_version() {
    const auto said =
        faultline::capture({"riscv64-linux-gnu-g++", "--version"}, std::chrono::seconds(20));
    return said.output.substr(0, said.output.find('\n'));
}

// What a guest's build reads.
bool is_of_the_guest(const std::string& file) {
    return !file.starts_with("tools/") && !file.starts_with("docs/") && !file.ends_with(".md");
}

std::string key_of(const Description& lab, const fs::path& top, const std::string& compiler) {
    std::string parts = "2\n" + compiler + "\n" + faultline::Tree::here().mkfs().string() + "\n";
    auto files = select(lab, tree_files(top));
    std::ranges::sort(files);
    for (const auto& file : files)
        if (is_of_the_guest(file) && !fs::is_symlink(top / file))
            parts += file.string() + " " + sha256_text(faultline::read_file(top / file)) + "\n";
    // The holes, too: they are in the starter's files.
    std::set<fs::path> holes;
    for (const auto& entry : fs::recursive_directory_iterator(lab.folder / "holes"))
        if (entry.is_regular_file())
            holes.insert(entry.path());
    for (const auto& hole : holes)
        parts += sha256_text(faultline::read_file(hole));
    return sha256_text(parts);
}

bool same_content(const fs::path& a, const fs::path& b) {
    return fs::is_regular_file(b) && faultline::read_file(a) == faultline::read_file(b);
}

// Makes TO what FROM is, but for its folder build; what is the same already keeps its age, so that
// the build does only what changed.
void bring_up_to_date(const fs::path& from, const fs::path& to) {
    std::set<fs::path> wanted;
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        const auto name = entry.path().lexically_relative(from);
        wanted.insert(name);
        if (entry.is_directory() && !entry.is_symlink())
            fs::create_directories(to / name);
        else if (entry.is_symlink() || !same_content(entry.path(), to / name)) {
            fs::remove(to / name);
            fs::copy(entry.path(), to / name, fs::copy_options::copy_symlinks);
        }
    }
    std::vector<fs::path> gone;
    for (auto entry = fs::recursive_directory_iterator(to);
         entry != fs::recursive_directory_iterator(); ++entry) {
        const auto name = entry->path().lexically_relative(to);
        if (name == "build")
            entry.disable_recursion_pending();
        else if (!wanted.contains(name))
            gone.push_back(entry->path());
    }
    for (const auto& path : gone)
        fs::remove_all(path);
}

void require(const faultline::Captured& ran, const std::string& what) {
    if (ran.ended.status != 0 || ran.ended.signal != 0)
        throw Failure(Exit::failed,
                      "the starter cannot be " + what + ":\n" +
                          faultline::last_lines(ran.output, 20),
                      "A starter has to build without a warning: ./faultline lab start shows it.");
}

void build(const Description& lab, const fs::path& tree, const fs::path& guest) {
    std::string kernels;
    for (const auto& kernel : lab.kernels)
        kernels += (kernels.empty() ? "" : ";") + kernel;
    require(
        faultline::capture({"cmake", "-S", tree / "guest", "-B", guest, "-G", "Ninja",
                            "-DCMAKE_TOOLCHAIN_FILE=" + (tree / "cmake" / "riscv64.cmake").string(),
                            "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", "-DFAULTLINE_BUILD=release",
                            "-DFAULTLINE_KERNELS=" + kernels,
                            "-DFAULTLINE_MKFS=" + faultline::Tree::here().mkfs().string(),
                            "-DFAULTLINE_SPIN_CC=" + faultline::Tree::here().spin_cc().string()},
                           BUILDING),
        "configured");
    require(faultline::capture({"cmake", "--build", guest}, BUILDING), "built");
}

Pristine plan_of(const Description& lab, const fs::path& tree, const fs::path& guest,
                 const std::string& compiler) {
    Pristine result{
        .plan = read_build_plan(tree, guest), .images = {}, .with_holes = {}, .compiler = compiler};
    for (const auto& kernel : lab.kernels)
        result.images.push_back(kernel + ".elf");
    const std::string rig = "lab-" + lab.name.substr(0, lab.name.find('-')) + "-rig.elf";
    if (std::ranges::find(result.plan.links, rig, &LinkStep::image) != result.plan.links.end())
        result.images.push_back(rig);
    return result;
}

void note_holes(const Description& lab, const fs::path& top, const fs::path& folder,
                const Pristine& made) {
    std::string names;
    for (const auto& object :
         objects_with_holes(made.plan, made.images, lab, top, folder / "solution"))
        names += object + "\n";
    faultline::write_file(folder / "with-holes", names);
}

} // namespace

Pristine pristine_tree(const Description& lab, const fs::path& top) {
    const auto folder = faultline::Tree::here().build.parent_path() / "labs" / lab.name;
    const auto tree = folder / "tree";
    const auto guest = tree / "build" / "guest-release";
    fs::create_directories(folder.parent_path());
    const Lock lock(folder.string() + ".lock");
    const std::string compiler = compiler_version();
    const std::string key = key_of(lab, top, compiler);
    if (!fs::exists(folder / "key") || faultline::read_file(folder / "key") != key) {
        std::fprintf(stderr, "Building the starter of lab %d, once; it takes some minutes ...\n",
                     lab.number);
        fs::remove(folder / "key");
        fs::remove_all(folder / "starter");
        fs::create_directories(tree);
        cut_tree(lab, top, folder / "starter", Cut::starter);
        bring_up_to_date(folder / "starter", tree);
        build(lab, tree, guest);
        note_holes(lab, top, folder, plan_of(lab, tree, guest, compiler));
        faultline::write_file(folder / "key", key);
    }
    Pristine result = plan_of(lab, tree, guest, compiler);
    for (const auto& object : faultline::lines_of(faultline::read_file(folder / "with-holes")))
        if (!object.empty())
            result.with_holes.insert(std::string(object));
    return result;
}

} // namespace lab
