// All that the pager knows.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/servers/root/client.hpp"

#include "services/vm/behind_lock.hpp"

struct Pager {
    disk::Client disk{root::slot::DISK};
    files::Client files{root::slot::FILES};
    vm::Memory memory;
    io::NoLock lock; // one loop serves everybody
    vm::BehindLock<io::NoLock> service{memory, lock};
    std::array<vm::Space, pager::SPACES> spaces{};
};

Pager& the_pager();

// A free frame becomes the kernel's, for a table of some space. no_memory.
Result<void> give_table();
// Those of them that no space has any more are free frames again.
void take_tables();
