// A device that fails, at every call of a workload: what failed has not happened, the rest goes on.
// SPDX-License-Identifier: MIT
#include "check.hpp"
#include "snapshot.hpp"

namespace {

// Fails COUNT calls, from the one with number FROM on.
class Failing {
public:
    Failing(mkfs::Disk disk, std::uint64_t from, std::uint64_t count)
        : disk_(std::move(disk)), from_(from), count_(count) {}

    Result<void> read(block::BlockNumber number, block::BlockBytes bytes) {
        TRY(call());
        return disk_.read(number, bytes);
    }
    Result<void> write(block::BlockNumber number, block::ConstBlockBytes bytes) {
        TRY(call());
        return disk_.write(number, bytes);
    }
    Result<void> flush() { return call(); }
    std::uint64_t block_count() const { return disk_.block_count(); }

    const mkfs::Disk& disk() const { return disk_; }
    std::uint64_t calls() const { return calls_; }
    void mend() { count_ = 0; }

private:
    Result<void> call() {
        const std::uint64_t number = calls_++;
        if (number >= from_ && number - from_ < count_)
            return std::unexpected(Error::input_output);
        return {};
    }

    mkfs::Disk disk_;
    std::uint64_t from_;
    std::uint64_t count_;
    std::uint64_t calls_ = 0;
};
static_assert(block::Device<Failing>);

// Some of everything, on a file system and on a model that only does what did not fail.
class Run {
public:
    explicit Run(Failing& device) : volume_(device) {}

    bool mount() {
        const auto mounted = volume_.mount();
        CHECK((mounted || mounted.error() == Error::input_output));
        return mounted.has_value();
    }

    void everything() {
        create("/a", fs::FileType::file);
        write("/a", 0, 6000);
        create("/d", fs::FileType::directory);
        create("/d/b", fs::FileType::file);
        write("/d/b", 0, 30 * fs::BLOCK_SIZE);
        link("/a", "/d/c");
        sync();
        truncate("/d/b", 25 * fs::BLOCK_SIZE + 9);
        unlink("/a");
        write("/d/c", 3 * fs::BLOCK_SIZE, 10);
        truncate("/d/b", 3);
        unlink("/d/b");
        for (char name = 'e'; name != 'w'; ++name)
            create(std::string("/d/") + name, fs::FileType::file);
        create("/x", fs::FileType::directory);
        unlink("/x");
    }

    void agrees() {
        CHECK(snapshot_of(volume_) == model_.snapshot());
        REQUIRE(volume_.files.checkpoint().has_value());
    }

private:
    template <class T>
    bool done(const T& result) {
        if (!result)
            CHECK((result.error() == Error::input_output || result.error() == Error::not_found ||
                   result.error() == Error::not_empty));
        return result.has_value();
    }

    void create(const std::string& path, fs::FileType type) {
        // The model's parent may be missing, too: then both fail.
        if (done(volume_.make(path, {.type = type})))
            REQUIRE(model_.create(path, type).has_value());
    }
    void write(const std::string& path, std::uint64_t offset, std::size_t size) {
        const auto ref = volume_.files.lookup(path, volume_.root());
        if (!done(ref))
            return;
        const std::string text(size, 'x');
        StringSource source{text};
        const auto count = volume_.files.write(*ref, offset, size, source);
        volume_.files.release(*ref);
        if (done(count))
            Model::write(**model_.find(path), offset, text.substr(0, *count));
    }
    void truncate(const std::string& path, std::uint64_t size) {
        if (done(volume_.truncate(path, size)))
            Model::truncate(**model_.find(path), size);
        else if (const auto node = model_.find(path); node)
            unfinished_.push_back(path);
    }
    void link(const std::string& old_path, const std::string& path) {
        if (done(volume_.link(old_path, path)))
            REQUIRE(model_.link(old_path, path).has_value());
    }
    void unlink(const std::string& path) {
        if (done(volume_.unlink(path)))
            REQUIRE(model_.unlink(path).has_value());
    }
    void sync() { done(volume_.files.sync()); }

public:
    // A truncation that failed may have ended anywhere in between.
    void adopt_unfinished() {
        for (const std::string& path : unfinished_)
            if (const auto node = model_.find(path); node) {
                const auto text = volume_.read(path);
                REQUIRE(text.has_value());
                CHECK(text->size() <= (*node)->contents.size());
                (*node)->contents = *text;
            }
    }

private:
    Volume<Failing> volume_;
    Model model_;
    std::vector<std::string> unfinished_;
};

std::uint64_t calls_of_everything() {
    Failing device(*mkfs::format(SMALL), ~0ULL, 0);
    Run run(device);
    REQUIRE(run.mount());
    run.everything();
    run.agrees();
    return device.calls();
}

void fails(std::uint64_t count) {
    const std::uint64_t calls = calls_of_everything();
    REQUIRE(calls > 200);
    for (std::uint64_t from = 0; from < calls; ++from) {
        CAPTURE(from);
        Failing device(*mkfs::format(SMALL), from, count);
        Run run(device);
        if (!run.mount())
            continue;
        run.everything();
        device.mend();
        run.adopt_unfinished();
        run.agrees();
        const mkfs::Checked checked = mkfs::check(device.disk());
        CHECK_MESSAGE(checked.errors.empty(), checked.errors.front());
    }
}

} // namespace

TEST_CASE("fs: one call of the device fails, each in turn") { fails(1); }

TEST_CASE("fs: the device fails for a while, from each call on") { fails(25); }
