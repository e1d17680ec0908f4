// Random calls of many processes against a simple model; at the end everything is given back.
// SPDX-License-Identifier: MIT
//
// The model knows nothing of tables: a descriptor is a shared pointer to an open file, a pipe two
// weak ones and a string. It says for each call what it must answer.
#include "world.hpp"

#include <map>
#include <memory>
#include <random>

namespace {

struct Pipe {
    std::string bytes{};
};

struct Open {
    std::shared_ptr<Pipe> pipe{};        // or
    std::shared_ptr<std::string> file{}; // what every open file of one name shares
    std::string end{};                   // "reader", "writer"
    std::size_t offset = 0;
};

struct ModelProcess {
    std::map<std::uint64_t, std::shared_ptr<Open>> descriptors{};
    std::uint64_t parent = 0;
    bool has_ended = false;
};

class Model {
public:
    explicit Model(unsigned seed) : random_(seed) { processes_[0] = {}; }

    void step() {
        const std::uint64_t process = any_process();
        switch (random_() % 12) {
        case 0:
            return fork(process);
        case 1:
            return exit(process);
        case 2:
            return wait(process);
        case 3:
            return pipe(process);
        case 4:
            return dup(process);
        case 5:
        case 6:
            return close(process);
        case 7:
            return open(process);
        case 8:
        case 9:
            return write(process);
        default:
            return read(process);
        }
    }

    void check_counts() {
        std::vector<const Open*> opens;
        std::vector<const Pipe*> pipes;
        for (const auto& [index, process] : processes_)
            for (const auto& [number, open] : process.descriptors) {
                opens.push_back(open.get());
                if (open->pipe)
                    pipes.push_back(open->pipe.get());
            }
        REQUIRE(world_.system.counts() == unix::Counts{.processes = processes_.size(),
                                                       .open_files = distinct(opens),
                                                       .pipes = distinct(pipes)});
    }

    void end_all() {
        for (const auto& [index, process] : processes_)
            if (index != 0 && !process.has_ended)
                world_.system.exit(ProcessIndex(index), ExitStatus::of_program(0));
        while (const auto child = world_.system.wait(world_.first))
            world_.system.reap(child->index);
        for (std::uint64_t i = 0; i < unix::DESCRIPTORS; ++i)
            (void)world_.system.close(world_.first, Descriptor(i));
        for (const auto& [name, file] : names_)
            REQUIRE(world_.system.unlink(world_.first, name).has_value());
        world_.check_nothing_left();
        CHECK(world_.fs.counts().free_blocks == world_.at_start.free_blocks);
        CHECK(world_.fs.counts().free_inodes == world_.at_start.free_inodes);
    }

private:
    template <class T>
    static std::size_t distinct(std::vector<T> all) {
        std::ranges::sort(all);
        return all.size() - std::ranges::unique(all).size();
    }
    std::uint64_t any_process() {
        for (;;) {
            auto at = processes_.begin();
            std::advance(at, random_() % processes_.size());
            if (!at->second.has_ended)
                return at->first;
        }
    }
    std::uint64_t lowest_free(std::uint64_t process) const {
        std::uint64_t lowest = 0;
        while (processes_.at(process).descriptors.contains(lowest))
            ++lowest;
        return lowest;
    }
    bool is_open(const std::shared_ptr<Pipe>& pipe, const std::string& end) const {
        for (const auto& [index, process] : processes_)
            for (const auto& [number, open] : process.descriptors)
                if (open->pipe == pipe && open->end == end)
                    return true;
        return false;
    }
    std::size_t open_files() const { return world_.system.counts().open_files; }
    // Mostly one that is open.
    std::uint64_t some_descriptor(std::uint64_t process) {
        const auto& descriptors = processes_.at(process).descriptors;
        if (descriptors.empty() || random_() % 10 == 0)
            return random_() % (unix::DESCRIPTORS + 3);
        auto at = descriptors.begin();
        std::advance(at, random_() % descriptors.size());
        return at->first;
    }
    std::shared_ptr<Open> find(std::uint64_t process, std::uint64_t number) const {
        const auto& descriptors = processes_.at(process).descriptors;
        return descriptors.contains(number) ? descriptors.at(number) : nullptr;
    }

    void fork(std::uint64_t process) {
        const auto child = world_.system.fork(ProcessIndex(process));
        REQUIRE(child.has_value() == (processes_.size() < unix::PROCESSES));
        if (!child)
            return;
        if (random_() % 8 == 0) {
            world_.system.abandon(*child);
            return;
        }
        world_.system.launch(*child);
        REQUIRE(!processes_.contains(child->number()));
        processes_[child->number()] = processes_.at(process);
        processes_[child->number()].parent = process;
    }
    void exit(std::uint64_t process) {
        if (process == 0)
            return;
        world_.system.exit(ProcessIndex(process), ExitStatus::of_program(process));
        for (auto& [index, other] : processes_)
            if (other.parent == process)
                other.parent = 0;
        processes_[process].descriptors.clear();
        processes_[process].has_ended = true;
    }
    void wait(std::uint64_t process) {
        std::size_t children = 0;
        std::size_t ended = 0;
        for (const auto& [index, other] : processes_)
            if (index != 0 && other.parent == process) {
                ++children;
                ended += other.has_ended ? 1 : 0;
            }
        const auto child = world_.system.wait(ProcessIndex(process));
        if (ended == 0) {
            REQUIRE(child.error() == (children == 0 ? Error::no_child : Error::would_block));
            return;
        }
        REQUIRE(processes_.at(child->index.number()).has_ended);
        REQUIRE(processes_.at(child->index.number()).parent == process);
        REQUIRE(child->status.raw() == child->index.number());
        world_.system.reap(child->index);
        processes_.erase(child->index.number());
    }
    void pipe(std::uint64_t process) {
        const unix::Counts before = world_.system.counts();
        const bool fits = processes_.at(process).descriptors.size() + 2 <= unix::DESCRIPTORS &&
                          before.open_files + 2 <= unix::OPEN_FILES && before.pipes < 8;
        const auto ends = world_.system.pipe(ProcessIndex(process));
        REQUIRE(ends.has_value() == fits);
        if (!ends)
            return;
        auto pipe = std::make_shared<Pipe>();
        REQUIRE(ends->reading.raw() == lowest_free(process));
        auto& descriptors = processes_[process].descriptors;
        descriptors[ends->reading.raw()] =
            std::make_shared<Open>(Open{.pipe = pipe, .end = "reader"});
        REQUIRE(ends->writing.raw() == lowest_free(process));
        descriptors[ends->writing.raw()] =
            std::make_shared<Open>(Open{.pipe = pipe, .end = "writer"});
    }
    void open(std::uint64_t process) {
        const std::string name = "/f" + std::to_string(random_() % 6);
        const bool fits = processes_.at(process).descriptors.size() < unix::DESCRIPTORS &&
                          open_files() < unix::OPEN_FILES;
        const auto opened = world_.system.open(ProcessIndex(process), name,
                                               abi::open::READ_WRITE | abi::open::CREATE);
        REQUIRE(opened.has_value() == fits);
        if (!opened)
            return;
        REQUIRE(opened->raw() == lowest_free(process));
        auto& file = names_[name];
        if (!file)
            file = std::make_shared<std::string>();
        processes_[process].descriptors[opened->raw()] = std::make_shared<Open>(Open{.file = file});
        if (random_() % 4 == 0) { // goes on without the name
            REQUIRE(world_.system.unlink(ProcessIndex(process), name).has_value());
            names_.erase(name);
        }
    }
    void dup(std::uint64_t process) {
        const std::uint64_t number = some_descriptor(process);
        const auto open = find(process, number);
        const auto copy = world_.system.dup(ProcessIndex(process), Descriptor(number));
        const std::uint64_t lowest = lowest_free(process);
        REQUIRE(copy.has_value() == (open && lowest < unix::DESCRIPTORS));
        if (copy) {
            REQUIRE(copy->raw() == lowest);
            processes_[process].descriptors[lowest] = open;
        } else {
            REQUIRE(copy.error() == (open ? Error::too_many : Error::bad_descriptor));
        }
    }
    void close(std::uint64_t process) {
        const std::uint64_t number = some_descriptor(process);
        const bool is_there = find(process, number) != nullptr;
        REQUIRE(world_.system.close(ProcessIndex(process), Descriptor(number)).has_value() ==
                is_there);
        processes_[process].descriptors.erase(number);
    }
    void write(std::uint64_t process) {
        const std::uint64_t number = some_descriptor(process);
        const std::string text(random_() % (random_() % 4 == 0 ? 3'000 : 20),
                               static_cast<char>('a' + random_() % 26));
        const std::string done = world_.write(ProcessIndex(process), Descriptor(number), text);
        const auto open = find(process, number);
        if (!open || open->end == "reader") {
            REQUIRE(done == words(Error::bad_descriptor));
        } else if (open->file) {
            REQUIRE(done == std::to_string(text.size()));
            std::string& file = *open->file;
            file.resize(std::max(file.size(), open->offset + text.size()));
            file.replace(open->offset, text.size(), text);
            open->offset += text.size();
        } else if (!is_open(open->pipe, "reader")) {
            REQUIRE(done == words(Error::broken_pipe));
        } else {
            const std::size_t room = 4'096 - open->pipe->bytes.size();
            if (room < std::min<std::size_t>(text.size(), 512)) {
                REQUIRE(done == words(Error::would_block));
                return;
            }
            REQUIRE(done == std::to_string(std::min(room, text.size())));
            open->pipe->bytes += text.substr(0, room);
        }
    }
    void read(std::uint64_t process) {
        const std::uint64_t number = some_descriptor(process);
        const std::size_t count = 1 + random_() % (random_() % 4 == 0 ? 3'000 : 20);
        const auto open = find(process, number);
        if (open && open->file && random_() % 2 == 0) {
            open->offset = random_() % (open->file->size() + 1);
            REQUIRE(world_.system.seek(ProcessIndex(process), Descriptor(number), open->offset)
                        .has_value());
        }
        const std::string text = world_.read(ProcessIndex(process), Descriptor(number), count);
        if (!open || open->end == "writer") {
            REQUIRE(text == words(Error::bad_descriptor));
        } else if (open->file) {
            REQUIRE(text == open->file->substr(open->offset, count));
            open->offset += text.size();
        } else if (open->pipe->bytes.empty()) {
            REQUIRE(text == (is_open(open->pipe, "writer") ? words(Error::would_block) : ""));
        } else {
            REQUIRE(text == open->pipe->bytes.substr(0, count));
            open->pipe->bytes.erase(0, text.size());
        }
    }

    std::mt19937 random_;
    World world_{{.blocks = 2'048, .inodes = 511, .log = fs::LOG_LEAST, .swap = 0}, 400};
    std::map<std::uint64_t, ModelProcess> processes_;
    std::map<std::string, std::shared_ptr<std::string>> names_;
};

} // namespace

TEST_CASE("unix: random calls answer as a simple model does, and nothing leaks") {
    for (unsigned seed = 0; seed < 25; ++seed) {
        CAPTURE(seed);
        Model model(seed);
        for (int i = 0; i < 2'000; ++i) {
            model.step();
            if (i % 16 == 0)
                model.check_counts();
        }
        model.end_all();
    }
}
