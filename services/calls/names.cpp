// Calls about names of files.
// SPDX-License-Identifier: MIT
#include "services/calls/bytes.hpp"
#include "services/calls/calls.hpp"

namespace call {

namespace {

// A function of its own, and not inlined: two paths are much for one frame.
[[gnu::noinline]] Result<void> link_as(const Caller& caller, std::string_view existing,
                                       Request request) {
    Path path{};
    const std::string_view name = TRY(path.read(caller, request.argument(2), request.argument(3)));
    return world::system.link(caller.index(), existing, name);
}

} // namespace

Answer mkdir(Caller& caller, Request request) {
    Path path{};
    const std::string_view name = TRY(path.read(caller, request.argument(0), request.argument(1)));
    TRY(world::system.make_directory(caller.index(), name));
    return Answer::nothing();
}

Answer mknod(Caller& caller, Request request) {
    Path path{};
    const std::string_view name = TRY(path.read(caller, request.argument(0), request.argument(1)));
    TRY(world::system.make_device(caller.index(), name, request.argument(2), request.argument(3)));
    return Answer::nothing();
}

Answer link(Caller& caller, Request request) {
    Path path{};
    const std::string_view existing =
        TRY(path.read(caller, request.argument(0), request.argument(1)));
    TRY(link_as(caller, existing, request));
    return Answer::nothing();
}

Answer unlink(Caller& caller, Request request) {
    Path path{};
    const std::string_view name = TRY(path.read(caller, request.argument(0), request.argument(1)));
    TRY(world::system.unlink(caller.index(), name));
    return Answer::nothing();
}

Answer chdir(Caller& caller, Request request) {
    Path path{};
    const std::string_view name = TRY(path.read(caller, request.argument(0), request.argument(1)));
    TRY(world::system.change_directory(caller.index(), name));
    return Answer::nothing();
}

} // namespace call
