// Files of the host.
// SPDX-License-Identifier: MIT
#include "image_file.hpp"

#include "failure.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mkfs {

namespace {

[[noreturn]] void fail(const std::string& doing, const std::string& path) {
    throw Failure("cannot " + doing + " " + path + ": " + std::strerror(errno));
}

class Reader {
public:
    explicit Reader(const std::string& path)
        : path_(path), descriptor_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (descriptor_ < 0)
            fail("open", path);
        struct stat status {};
        if (fstat(descriptor_, &status) == 0 && S_ISDIR(status.st_mode)) {
            close(descriptor_);
            throw Failure("cannot open " + path + ": it is a directory");
        }
    }
    ~Reader() { close(descriptor_); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    // As many bytes as there are, up to SIZE.
    std::size_t read(std::byte* bytes, std::size_t size) {
        std::size_t done = 0;
        while (done < size) {
            const ssize_t count = ::read(descriptor_, bytes + done, size - done);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                fail("read", path_);
            if (count == 0)
                break;
            done += static_cast<std::size_t>(count);
        }
        return done;
    }

private:
    std::string path_;
    int descriptor_;
};

// A new file beside PATH, which becomes PATH when it is whole, and goes otherwise.
class Replacement {
public:
    explicit Replacement(const std::string& path)
        : path_(path), temporary_(path + ".new-" + std::to_string(getpid())),
          descriptor_(open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
        if (descriptor_ < 0)
            fail("create", temporary_);
    }
    ~Replacement() {
        if (descriptor_ >= 0)
            close(descriptor_);
        if (!temporary_.empty())
            unlink(temporary_.c_str());
    }
    Replacement(const Replacement&) = delete;
    Replacement& operator=(const Replacement&) = delete;

    void write(const void* from, std::size_t size, std::uint64_t offset) {
        const auto* bytes = static_cast<const char*>(from);
        for (std::size_t done = 0; done < size;) {
            const ssize_t count =
                pwrite(descriptor_, bytes + done, size - done, static_cast<off_t>(offset + done));
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                fail("write", path_);
            done += static_cast<std::size_t>(count);
        }
    }
    void finish(std::uint64_t size) {
        if (ftruncate(descriptor_, static_cast<off_t>(size)) != 0)
            fail("write", path_);
        const int closed = close(descriptor_);
        descriptor_ = -1;
        if (closed != 0)
            fail("write", path_);
        if (rename(temporary_.c_str(), path_.c_str()) != 0)
            fail("replace", path_);
        temporary_.clear();
    }

private:
    std::string path_;
    std::string temporary_;
    int descriptor_;
};

} // namespace

Disk load_image(const std::string& path) {
    Reader reader(path);
    Disk disk(0);
    std::uint64_t blocks = 0;
    for (Block block;; ++blocks) {
        const std::size_t count = reader.read(block.bytes.data(), block::BLOCK_SIZE);
        if (count == 0)
            break;
        if (count != block::BLOCK_SIZE)
            throw Failure(path + " is no image: its size is not that of whole blocks");
        if (block != Block{})
            disk.edit(blocks) = block;
    }
    disk.resize(blocks);
    return disk;
}

void save_image(const std::string& path, const Disk& disk) {
    Replacement file(path);
    for (const auto& [number, block] : disk.written())
        if (block != Block{})
            file.write(block.bytes.data(), block::BLOCK_SIZE, number * block::BLOCK_SIZE);
    file.finish(disk.block_count() * block::BLOCK_SIZE);
}

std::string read_host_file(const std::string& path) {
    Reader reader(path);
    std::string contents;
    for (Block block;;) {
        const std::size_t count = reader.read(block.bytes.data(), block::BLOCK_SIZE);
        contents.append(reinterpret_cast<const char*>(block.bytes.data()), count);
        if (count != block::BLOCK_SIZE)
            return contents;
    }
}

void write_host_file(const std::string& path, const std::string& contents) {
    Replacement file(path);
    file.write(contents.data(), contents.size(), 0);
    file.finish(contents.size());
}

} // namespace mkfs
