// The border of the extension `pager`: virtual memory of address spaces, by numbers and lists.
// SPDX-License-Identifier: MIT
//
// What unix imports from ../extensions/pager/. Each call is vm::Service's of the same name
// (services/vm/service.hpp), with the lock taken. A space of the pager's has a context of the
// kernel's, whose faults the pager handles; whoever runs a program there asks for it.
#pragma once

#include "kernels/spin/interface/translation.hpp"

#include "services/vm/configuration.hpp"
#include "services/vm/service.hpp"

namespace pager {

inline constexpr std::size_t SPACES = 65; // one a process, and the one that an exec is building

#pragma GCC visibility push(default)

// How virtual memory is to behave; before the first space of whoever calls: those of before are
// gone. invalid: the configuration.
Result<void> set_up(const vm::Configuration& configuration);
// All spaces of whoever was here before and fell are gone.
void start_over();

// SPACE exists.
spin::TranslationContext context(vm::SpaceId space);

Result<vm::SpaceId> create(std::span<const vm::Region> regions, vm::HeapPlace heap);
Result<vm::SpaceId> fork(vm::SpaceId space);
void destroy(vm::SpaceId space);
Result<void> map(vm::SpaceId space, const vm::Region& region);
Result<Page> map_within(vm::SpaceId space, const vm::Region& region, vm::PageRange range);
Result<void> unmap(vm::SpaceId space, vm::PageRange range);
Result<void> protect(vm::SpaceId space, vm::PageRange range, Rights rights);
Result<VirtAddr> move_break(vm::SpaceId space, std::int64_t bytes);
Result<void> advise(vm::SpaceId space, vm::PageRange range, abi::Advice advice);
Result<void> mend(vm::SpaceId space, const Fault& fault);
Result<void> put(vm::SpaceId space, VirtAddr address, Bytes text);
Result<void> write_back();
Result<std::uint64_t> set_pool(std::uint64_t frames);
vm::Statistics statistics();
std::uint64_t resident_pages(vm::SpaceId space);

#pragma GCC visibility pop

} // namespace pager
