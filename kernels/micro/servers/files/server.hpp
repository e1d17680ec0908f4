// The file server's state, and where a request goes.
// SPDX-License-Identifier: MIT
//
// One loop (files.cpp) receives a request and hands it to serve (requests.cpp).
#pragma once

#include "kernels/micro/servers/files/placement/fs_placement.hpp"
#include "kernels/micro/servers/root/client.hpp"

struct FileServer {
    disk::Client disk{root::slot::DISK};
    io::NoLock lock;
    FileSystem file_system{disk};
    Files files{file_system, lock};
    bool is_mounted = false;
};

extern constinit FileServer server;

// Carries out REQUEST; the answer. input_output: nothing is mounted.
micro::Message serve(const micro::Received& request);
