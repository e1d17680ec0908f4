// The disk that a machine is given: copying it, and keeping one between runs.
// SPDX-License-Identifier: MIT
//
// Two machines on one image would ruin it. QEMU locks an image while it runs; disk_in_use() looks
// at that lock before a file is replaced.
#include "disk.hpp"

#include "failure.hpp"
#include "text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace faultline {

namespace {

class File {
public:
    File(const std::filesystem::path& path, int flags)
        : path_(path), descriptor_(open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
    ~File() {
        if (descriptor_ >= 0)
            close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    int descriptor() const { return descriptor_; }

    [[noreturn]] void fail(const char* what) const {
        throw Failure(Exit::failed,
                      std::string("cannot ") + what + " " + path_.string() + ": " +
                          std::strerror(errno),
                      "Free some space there, or name another folder or file.");
    }

private:
    std::filesystem::path path_;
    int descriptor_;
};

// By hand, where the host's kernel does not copy between these two file systems itself.
void copy_piece(const File& from, const File& to, off_t at, off_t end) {
    std::array<char, 65536> piece{};
    while (at < end) {
        const auto wanted = std::min<off_t>(end - at, piece.size());
        const auto count =
            pread(from.descriptor(), piece.data(), static_cast<std::size_t>(wanted), at);
        if (count < 0)
            from.fail("read");
        if (count == 0)
            return;
        for (ssize_t done = 0; done < count;) {
            const auto written = pwrite(to.descriptor(), piece.data() + done,
                                        static_cast<std::size_t>(count - done), at + done);
            if (written < 0)
                to.fail("write");
            done += written;
        }
        at += count;
    }
}

void copy_range(const File& from, const File& to, off_t at, off_t end) {
    while (at < end) {
        off_t written = at;
        const auto count = copy_file_range(from.descriptor(), &at, to.descriptor(), &written,
                                           static_cast<std::size_t>(end - at), 0);
        const bool is_refused = count < 0 && (errno == EXDEV || errno == EINVAL ||
                                              errno == ENOSYS || errno == EOPNOTSUPP);
        if (is_refused)
            return copy_piece(from, to, at, end);
        if (count < 0)
            to.fail("write");
        if (count == 0) // the original has become shorter
            return;
    }
}

void copy_data(const File& from, const File& to) {
    struct stat info {};
    if (fstat(from.descriptor(), &info) != 0)
        from.fail("read");
    if (ftruncate(to.descriptor(), info.st_size) != 0)
        to.fail("write");
    for (off_t at = 0; at < info.st_size;) {
        const off_t data = lseek(from.descriptor(), at, SEEK_DATA);
        if (data < 0 && errno == ENXIO) // holes to the end
            return;
        const off_t hole = data < 0 ? -1 : lseek(from.descriptor(), data, SEEK_HOLE);
        if (hole < 0)
            from.fail("read");
        copy_range(from, to, data, hole);
        at = hole;
    }
}

} // namespace

void copy_sparsely(const std::filesystem::path& from, const std::filesystem::path& to) {
    auto beside = to;
    beside += ".tmp-" + std::to_string(getpid());
    try {
        const File original(from, O_RDONLY);
        if (original.descriptor() < 0)
            original.fail("read");
        const File copy(beside, O_WRONLY | O_CREAT | O_TRUNC);
        if (copy.descriptor() < 0)
            copy.fail("make");
        copy_data(original, copy);
        if (rename(beside.c_str(), to.c_str()) != 0)
            copy.fail("rename");
    } catch (...) {
        unlink(beside.c_str());
        throw;
    }
}

// QEMU takes locks of this kind on single bytes of an image (docs/system/images of QEMU).
bool disk_in_use(const std::filesystem::path& file) {
    const File image(file, O_RDWR);
    if (image.descriptor() < 0)
        return false;
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return fcntl(image.descriptor(), F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

std::string prepare_disk(const KeptDisk& disk) {
    namespace fs = std::filesystem;
    const bool is_there = fs::exists(disk.file);
    const bool newer = is_there &&
                       fs::last_write_time(disk.built) > fs::last_write_time(disk.file) &&
                       disk.renewal == KeptDisk::Renewal::when_the_build_is_newer;
    if (is_there && !newer && disk.renewal != KeptDisk::Renewal::now)
        return "";
    std::string words = "a fresh disk: " + disk.file.string();
    if (is_there) {
        if (disk_in_use(disk.file))
            throw Failure(Exit::failed,
                          "the disk " + disk.file.string() +
                              " is to be made anew, but another machine is running on it",
                          "End that machine first, or name another file: --disk FILE.");
        auto old = disk.file;
        old += ".old";
        fs::rename(disk.file, old);
        words += newer ? " (the build made a newer one; the one before is " + old.string() + ")"
                       : " (the one before is " + old.string() + ")";
    }
    copy_sparsely(disk.built, disk.file);
    return words;
}

} // namespace faultline
