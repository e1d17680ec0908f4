// Calls about names of files.
// SPDX-License-Identifier: MIT
#include "calls.hpp"

#include "kernels/monolithic/kernel.hpp"

namespace {

// A function of its own, and not inlined: two paths are much for one frame.
[[gnu::noinline]] Result<void> link_as(const Process& process, std::string_view existing,
                                       Arguments arguments) {
    Path path;
    const std::string_view name = TRY(path.read(process, arguments[2], arguments[3]));
    return kernel.system.link(process.index(), existing, name);
}

} // namespace

namespace call {

Answer mkdir(Process& process, Arguments arguments) {
    Path path;
    const std::string_view name = TRY(path.read(process, arguments[0], arguments[1]));
    TRY(kernel.system.make_directory(process.index(), name));
    return 0;
}

Answer mknod(Process& process, Arguments arguments) {
    Path path;
    const std::string_view name = TRY(path.read(process, arguments[0], arguments[1]));
    TRY(kernel.system.make_device(process.index(), name, arguments[2], arguments[3]));
    return 0;
}

Answer link(Process& process, Arguments arguments) {
    Path path;
    const std::string_view existing = TRY(path.read(process, arguments[0], arguments[1]));
    TRY(link_as(process, existing, arguments));
    return 0;
}

Answer unlink(Process& process, Arguments arguments) {
    Path path;
    const std::string_view name = TRY(path.read(process, arguments[0], arguments[1]));
    TRY(kernel.system.unlink(process.index(), name));
    return 0;
}

Answer chdir(Process& process, Arguments arguments) {
    Path path;
    const std::string_view name = TRY(path.read(process, arguments[0], arguments[1]));
    TRY(kernel.system.change_directory(process.index(), name));
    return 0;
}

} // namespace call
