// Calls about names of files.
// SPDX-License-Identifier: MIT
#include "services/calls/bytes.hpp"
#include "services/calls/calls.hpp"

namespace call {

namespace {

// Calls USE with the path that two arguments of REQUEST name, from argument FIRST on.
template <class Use>
Result<void> with_path(const Caller& caller, Request request, std::size_t first, Use use) {
    Path path{};
    return use(TRY(path.read(caller, request.argument(first), request.argument(first + 1))));
}

// The answer to a call about one path, which USE does.
template <class Use>
Answer on_path(const Caller& caller, Request request, Use use) {
    TRY(with_path(caller, request, 0, use));
    return Answer::nothing();
}

// A function of its own, and not inlined: two paths are much for one frame.
[[gnu::noinline]] Result<void> link_as(const Caller& caller, std::string_view existing,
                                       Request request) {
    return with_path(caller, request, 2, [&](std::string_view name) {
        return world::system.link(caller.index(), existing, name);
    });
}

} // namespace

Answer mkdir(Caller& caller, Request request) {
    return on_path(caller, request, [&](std::string_view name) {
        return world::system.make_directory(caller.index(), name);
    });
}

Answer mknod(Caller& caller, Request request) {
    return on_path(caller, request, [&](std::string_view name) {
        return world::system.make_device(caller.index(), name, request.argument(2),
                                         request.argument(3));
    });
}

Answer link(Caller& caller, Request request) {
    return on_path(caller, request,
                   [&](std::string_view existing) { return link_as(caller, existing, request); });
}

Answer unlink(Caller& caller, Request request) {
    return on_path(caller, request, [&](std::string_view name) {
        return world::system.unlink(caller.index(), name);
    });
}

Answer chdir(Caller& caller, Request request) {
    return on_path(caller, request, [&](std::string_view name) {
        return world::system.change_directory(caller.index(), name);
    });
}

} // namespace call
