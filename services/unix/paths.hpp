// Names: directories, devices, links, and where a process is.
// SPDX-License-Identifier: MIT
//
// Part of services/unix/system.hpp, which includes it and says what each call means.
#pragma once

#include "services/unix/system.hpp"

#include <limits>

namespace unix {

template <FileSystem F, Placement P>
Result<void> System<F, P>::make_directory(ProcessIndex process, std::string_view path) {
    return files_.make_directory(path, directories_[process.number()]);
}

template <FileSystem F, Placement P>
Result<void> System<F, P>::make_device(ProcessIndex process, std::string_view path,
                                       std::uint64_t major, std::uint64_t minor) {
    constexpr std::uint64_t MOST = std::numeric_limits<std::uint16_t>::max();
    if (major > MOST || minor > MOST)
        return std::unexpected(Error::invalid);
    const Inode device =
        TRY(files_.create(path, directories_[process.number()], abi::FileType::device,
                          static_cast<std::uint16_t>(major), static_cast<std::uint16_t>(minor)));
    files_.release(device);
    return {};
}

template <FileSystem F, Placement P>
Result<void> System<F, P>::link(ProcessIndex process, std::string_view existing,
                                std::string_view path) {
    return files_.link(existing, path, directories_[process.number()]);
}

template <FileSystem F, Placement P>
Result<void> System<F, P>::unlink(ProcessIndex process, std::string_view path) {
    return files_.unlink(path, directories_[process.number()]);
}

template <FileSystem F, Placement P>
Result<typename System<F, P>::Inode> System<F, P>::find(ProcessIndex process,
                                                        std::string_view path) {
    return files_.lookup(path, directories_[process.number()]);
}

template <FileSystem F, Placement P>
Result<void> System<F, P>::change_directory(ProcessIndex process, std::string_view path) {
    const Inode found = TRY(find(process, path));
    const Result<abi::Stat> stat = files_.stat(found);
    if (!stat || stat->type != abi::FileType::directory) {
        files_.release(found);
        return std::unexpected(stat ? Error::not_directory : stat.error());
    }
    const Inode before = std::exchange(directories_[process.number()], found);
    files_.release(before);
    return {};
}

} // namespace unix
