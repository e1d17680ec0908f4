// The file server: services/fs over the block driver, as a user-mode server.
// SPDX-License-Identifier: MIT
//
// Before: server_start, for the loop; a request comes from the stubs in client.cpp, which UNIX and
// the pager call. Next: requests.cpp, and from there services/fs and ../disk.
#include "kernels/micro/servers/files/server.hpp"

#include "kernels/micro/library/server.hpp"

#include "lib/print.hpp"

constinit const std::string_view server_name = "files";

constinit FileServer server;

namespace {

constexpr std::uint64_t CACHED_BLOCKS = 256; // 1 MiB
constexpr std::uint64_t INODES_IN_USE = 128;

// The blocks lie in frames of their own, as the device wants them.
alignas(PAGE_SIZE) constinit std::array<std::byte, CACHED_BLOCKS * PAGE_SIZE> buffers{};
constinit std::array<fs::BufferRecord, CACHED_BLOCKS> buffer_records{};
constinit std::array<fs::InodeRecord, INODES_IN_USE> inodes{};

// Says why there is no file system, if there is none: then every request is refused.
void mount() {
    if (!server.disk.connect())
        return; // the driver has said why
    const Result<void> mounted = server.file_system.mount(
        {.buffers = buffers, .buffer_records = buffer_records, .inodes = inodes});
    server.is_mounted = mounted.has_value();
    if (!mounted) {
        micro::DebugConsole console;
        print(console, "cannot start: no file system on the disk: ", to_words(mounted.error()),
              "\n");
    }
}

} // namespace

// Where root starts the server, by way of server_start.
extern "C" [[noreturn]] void server_main() {
    mount();
    micro::Received request;
    micro::Message answer{}; // to nobody yet
    for (;;) {
        request = micro::reply_and_wait(request.token, answer);
        answer = serve(request);
    }
}
