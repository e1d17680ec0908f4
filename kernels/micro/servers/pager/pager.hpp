// All that the pager knows.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/micro/servers/pager/second.hpp"
#include "kernels/micro/servers/root/client.hpp"

struct Pager {
    disk::Client disk{root::slot::DISK};
    files::Client files{root::slot::FILES};
    vm::Memory memory;
    io::NoLock lock; // one loop serves everybody
    vm::BehindLock<io::NoLock> service{memory, lock};
    std::array<vm::Space, pager::SPACES> spaces{};
    // Of the first one: the second.
    std::array<SecondPager, 1> others{};
    vm::Advised<io::NoLock, SecondPager, 1> advised{memory, service, lock, others};

    // That pages can be in; one for each space is for its first table.
    std::uint64_t most_frames() const;
};

Pager& the_pager();

// A free frame becomes the kernel's, for a table of some space. no_memory.
Result<void> give_table();
// Those of them that no space has any more are free frames again.
void take_tables();
