// Files of the host.
// SPDX-License-Identifier: MIT
#include "image_file.hpp"

#include "failure.hpp"
#include "services/fs/layout.hpp"

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
        regular_ = S_ISREG(status.st_mode);
        seekable_ = regular_ || S_ISBLK(status.st_mode);
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

    // A file, or a disk: what has an end.
    bool seekable() const { return seekable_; }
    std::uint64_t size() const { return static_cast<std::uint64_t>(seek(0, SEEK_END)); }
    // From OFFSET on, whole blocks of zeroes may be left out: the offset at which reading goes on.
    std::uint64_t skip_hole(std::uint64_t offset) const {
        if (!regular_)
            return offset;
        const off_t data = lseek(descriptor_, static_cast<off_t>(offset), SEEK_DATA);
        const std::uint64_t next = data >= 0        ? static_cast<std::uint64_t>(data)
                                   : errno == ENXIO ? size() // nothing but a hole
                                                    : offset;
        return next / block::BLOCK_SIZE * block::BLOCK_SIZE;
    }
    void go_to(std::uint64_t offset) const { seek(static_cast<off_t>(offset), SEEK_SET); }

private:
    off_t seek(off_t offset, int from) const {
        const off_t at = lseek(descriptor_, offset, from);
        if (at < 0)
            fail("read", path_);
        return at;
    }

    std::string path_;
    int descriptor_;
    bool regular_ = false;
    bool seekable_ = false;
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
    constexpr std::uint64_t MOST = 2 * fs::BLOCKS_LIMIT * fs::BLOCK_SIZE; // files, then swap
    Reader reader(path);
    if (!reader.seekable())
        throw Failure(path + " is no image: it is neither a file nor a disk");
    const std::uint64_t size = reader.size();
    if (size % fs::BLOCK_SIZE != 0)
        throw Failure(path + " is no image: its size is not that of whole blocks");
    if (size > MOST)
        throw Failure(path + " is no image: it is larger than any file system");
    Disk disk(size / fs::BLOCK_SIZE);
    Block block;
    for (std::uint64_t at = reader.skip_hole(0); at < size;
         at = reader.skip_hole(at + fs::BLOCK_SIZE)) {
        reader.go_to(at);
        if (reader.read(block.bytes.data(), fs::BLOCK_SIZE) != fs::BLOCK_SIZE)
            throw Failure(path + " became shorter while it was read");
        if (block != Block{})
            disk.edit(at / fs::BLOCK_SIZE) = block;
    }
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
        if (contents.size() > fs::FILE_BYTES_LIMIT)
            throw Failure(path + ": " + std::string(to_words(Error::too_large)));
    }
}

void write_host_file(const std::string& path, std::uint64_t size, const PieceReader& read) {
    constexpr std::uint64_t PIECE = 1 << 20;
    Replacement file(path);
    for (std::uint64_t offset = 0; offset < size; offset += PIECE) {
        const std::string piece = read(offset, std::min(PIECE, size - offset));
        if (piece.find_first_not_of('\0') != piece.npos)
            file.write(piece.data(), piece.size(), offset);
    }
    file.finish(size);
}

} // namespace mkfs
