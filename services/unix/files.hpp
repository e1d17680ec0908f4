// Open files: open, pipe, dup, close, and what is known of them.
// SPDX-License-Identifier: MIT
//
// Part of services/unix/system.hpp, which includes it and says what each call means. Places in the
// tables are taken before the file system is asked: a call that fails has made nothing.
#pragma once

#include "services/unix/system.hpp"

namespace unix {

// What open's flags say, or invalid.
constexpr Result<Rights> rights_of(std::uint64_t flags) {
    constexpr std::uint64_t WAY = 3; // READ, WRITE or READ_WRITE
    constexpr std::uint64_t KNOWN =
        WAY | abi::open::CREATE | abi::open::TRUNCATE | abi::open::APPEND;
    if ((flags & ~KNOWN) != 0 || (flags & WAY) == WAY)
        return std::unexpected(Error::invalid);
    if ((flags & WAY) == abi::open::READ)
        return (flags & (abi::open::TRUNCATE | abi::open::APPEND)) == 0
                   ? Result<Rights>(Rights::read())
                   : std::unexpected(Error::invalid);
    return Rights::from_raw((flags & WAY) == abi::open::WRITE ? 2 : 3);
}

template <FileSystem F, Placement P>
Result<OpenFileIndex> System<F, P>::opened(ProcessIndex process, Descriptor descriptor) const {
    const OpenFileIndex index = processes_.at(process).descriptors.find(descriptor);
    if (open_files_.at(index).kind == Kind::none)
        return std::unexpected(Error::bad_descriptor);
    return index;
}

template <FileSystem F, Placement P>
Result<Descriptor> System<F, P>::open(ProcessIndex process, std::string_view path,
                                      std::uint64_t flags) {
    const Rights rights = TRY(rights_of(flags));
    Descriptors& own = processes_.at(process).descriptors;
    const Descriptor descriptor = TRY(own.lowest_free());
    const OpenFileIndex index = TRY(open_files_.allocate());
    File& file = open_files_.at(index);
    file.rights = rights;
    Result<Inode> inode = open_inode(process, path, flags);
    const Result<void> opened = inode ? open_as(process, file, *inode, flags)
                                      : Result<void>(std::unexpected(inode.error()));
    if (!opened) {
        open_files_.free(index);
        return std::unexpected(opened.error());
    }
    own.set(descriptor, index);
    return descriptor;
}

// Another process may make the file between the look and the making: then there is one to open.
template <FileSystem F, Placement P>
Result<typename System<F, P>::Inode>
System<F, P>::open_inode(ProcessIndex process, std::string_view path, std::uint64_t flags) {
    const Inode directory = directories_[process.number()];
    Result<Inode> found = files_.lookup(path, directory);
    if (found || found.error() != Error::not_found || (flags & abi::open::CREATE) == 0)
        return found;
    Result<Inode> created = files_.create(path, directory, abi::FileType::file, 0, 0);
    if (!created && created.error() == Error::exists)
        return files_.lookup(path, directory);
    return created;
}

template <FileSystem F, Placement P>
Result<void> System<F, P>::open_as(ProcessIndex process, File& file, Inode inode,
                                   std::uint64_t flags) {
    const Result<abi::Stat> stat = files_.stat(inode);
    if (!stat)
        return release_and_say(inode, stat.error());
    if (stat->type == abi::FileType::directory) {
        if (file.rights.can_write() || (flags & abi::open::CREATE) != 0)
            return release_and_say(inode, Error::is_directory);
        file.kind = Kind::directory;
    } else if (stat->type == abi::FileType::device) {
        if (stat->major == abi::device::CONSOLE)
            file.kind = Kind::terminal;
        else if (stat->major == abi::device::NOTHING)
            file.kind = Kind::null;
        else if (stat->major == abi::device::ZERO)
            file.kind = Kind::zero;
        else
            return release_and_say(inode, Error::not_supported);
    } else if (const Result<void> opened = open_file(process, file, inode, flags); !opened) {
        return release_and_say(inode, opened.error());
    }
    file.inode = inode;
    file.has_inode = true;
    return {};
}

template <FileSystem F, Placement P>
Result<void> System<F, P>::open_file(ProcessIndex process, File& file, Inode inode,
                                     std::uint64_t flags) {
    file.kind = Kind::file;
    file.appends = (flags & abi::open::APPEND) != 0;
    if (!file.rights.can_write())
        return {};
    TRY(files_.begin_use(inode, io::FileUse::writing));
    if ((flags & abi::open::TRUNCATE) == 0)
        return {};
    Result<void> emptied = wait_for_holders(process, [&](const Holder& holder) {
        const File& held = open_files_.at(holder.file);
        return held.has_inode && held.inode == inode;
    });
    if (emptied)
        emptied = files_.truncate(inode, 0);
    if (!emptied)
        files_.end_use(inode, io::FileUse::writing);
    return emptied;
}

template <FileSystem F, Placement P>
Result<Descriptor> System<F, P>::open_terminal(ProcessIndex process) {
    Descriptors& own = processes_.at(process).descriptors;
    const Descriptor descriptor = TRY(own.lowest_free());
    const OpenFileIndex index = TRY(open_files_.allocate());
    open_files_.at(index).kind = Kind::terminal;
    open_files_.at(index).rights = Rights::read_write();
    own.set(descriptor, index);
    return descriptor;
}

template <FileSystem F, Placement P>
Result<PipeEnds> System<F, P>::pipe(ProcessIndex process) {
    Descriptors& own = processes_.at(process).descriptors;
    const Descriptor reading = TRY(own.lowest_free());
    const Descriptor writing = TRY(own.lowest_free(reading.raw() + 1));
    if (open_files_.in_use() + 2 > OPEN_FILES)
        return std::unexpected(Error::too_many);
    const PipeIndex pipe = TRY(pipes_.create());
    // There is room for both ends.
    const OpenFileIndex from = MUST(open_files_.allocate());
    const OpenFileIndex into = MUST(open_files_.allocate());
    open_files_.at(from).kind = open_files_.at(into).kind = Kind::pipe;
    open_files_.at(from).pipe = open_files_.at(into).pipe = pipe;
    open_files_.at(from).rights = Rights::read();
    open_files_.at(into).rights = Rights::from_raw(2);
    own.set(reading, from);
    own.set(writing, into);
    return PipeEnds{reading, writing};
}

template <FileSystem F, Placement P>
Result<Descriptor> System<F, P>::dup(ProcessIndex process, Descriptor descriptor) {
    Descriptors& own = processes_.at(process).descriptors;
    const OpenFileIndex index = TRY(opened(process, descriptor));
    const Descriptor copy = TRY(own.lowest_free());
    ++open_files_.at(index).users;
    own.set(copy, index);
    return copy;
}

template <FileSystem F, Placement P>
Result<void> System<F, P>::close(ProcessIndex process, Descriptor descriptor) {
    Descriptors& own = processes_.at(process).descriptors;
    const OpenFileIndex index = TRY(opened(process, descriptor));
    own.clear(descriptor);
    release(index);
    return {};
}

// The file system comes last: while it works, the place is free already.
template <FileSystem F, Placement P>
void System<F, P>::release(OpenFileIndex index) {
    if (--open_files_.at(index).users != 0)
        return;
    const File file = open_files_.at(index);
    open_files_.free(index);
    if (file.kind == Kind::pipe) {
        const bool is_reader = file.rights.can_read();
        pipes_.close(file.pipe, is_reader ? Pipes::End::reading : Pipes::End::writing);
        placement_.wake(is_reader ? Event::writable(file.pipe) : Event::readable(file.pipe));
    }
    if (file.kind == Kind::file && file.rights.can_write())
        files_.end_use(file.inode, io::FileUse::writing);
    if (file.has_inode)
        files_.release(file.inode);
}

template <FileSystem F, Placement P>
void System<F, P>::close_all(ProcessIndex process) {
    const std::span<const OpenFileIndex> all = processes_.at(process).descriptors.all();
    for (std::uint64_t i = 0; i < DESCRIPTORS; ++i)
        if (all[i] != OpenFileIndex())
            (void)close(process, Descriptor(i)); // is open
    files_.release(directories_[process.number()]);
    directories_[process.number()] = Inode{};
    release_program(process);
}

template <FileSystem F, Placement P>
Result<abi::Stat> System<F, P>::stat(ProcessIndex process, Descriptor descriptor) {
    const File& file = open_files_.at(TRY(opened(process, descriptor)));
    if (file.has_inode)
        return files_.stat(file.inode);
    abi::Stat stat{};
    stat.links = 1;
    stat.type = file.kind == Kind::pipe ? abi::FileType::pipe : abi::FileType::device;
    stat.size = file.kind == Kind::pipe ? pipes_.size(file.pipe) : 0;
    stat.major = file.kind == Kind::pipe ? 0 : abi::device::CONSOLE;
    return stat;
}

template <FileSystem F, Placement P>
std::uint64_t System<F, P>::end_of(const File& file) {
    const Result<abi::Stat> stat = files_.stat(file.inode);
    return stat ? stat->size : file.offset;
}

template <FileSystem F, Placement P>
Result<std::uint64_t> System<F, P>::seek(ProcessIndex process, Descriptor descriptor,
                                         std::uint64_t offset) {
    const OpenFileIndex index = TRY(opened(process, descriptor));
    File& file = open_files_.at(index);
    if ((file.kind != Kind::file && file.kind != Kind::directory) || offset > MOST_OFFSET)
        return std::unexpected(Error::invalid);
    TRY(wait_for_holders(process, [&](const Holder& holder) { return holder.file == index; }));
    file.offset = offset;
    return offset;
}

template <FileSystem F, Placement P>
Result<typename System<F, P>::Mappable> System<F, P>::mappable(ProcessIndex process,
                                                               Descriptor descriptor) const {
    const File& file = open_files_.at(TRY(opened(process, descriptor)));
    if (file.kind != Kind::file)
        return std::unexpected(Error::not_supported);
    if (!file.rights.can_read())
        return std::unexpected(Error::not_permitted);
    return Mappable{file.inode, file.rights};
}

} // namespace unix
