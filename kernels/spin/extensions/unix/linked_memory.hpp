// The extension `pager` as services/calls wants virtual memory: vm::Service by linked calls.
// SPDX-License-Identifier: MIT
#pragma once

#include "kernels/spin/interface/memory.hpp"

struct LinkedMemory {
    Result<vm::SpaceId> create(std::span<const vm::Region> regions, vm::HeapPlace heap) {
        return pager::create(regions, heap);
    }
    Result<vm::SpaceId> fork(vm::SpaceId space) { return pager::fork(space); }
    void destroy(vm::SpaceId space) { pager::destroy(space); }

    Result<void> map(vm::SpaceId space, const vm::Region& region) {
        return pager::map(space, region);
    }
    Result<Page> map_within(vm::SpaceId space, const vm::Region& region, vm::PageRange range) {
        return pager::map_within(space, region, range);
    }
    Result<void> unmap(vm::SpaceId space, vm::PageRange range) {
        return pager::unmap(space, range);
    }
    Result<void> protect(vm::SpaceId space, vm::PageRange range, Rights rights) {
        return pager::protect(space, range, rights);
    }
    Result<VirtAddr> move_break(vm::SpaceId space, std::int64_t bytes) {
        return pager::move_break(space, bytes);
    }
    Result<void> advise(vm::SpaceId space, vm::PageRange range, abi::Advice advice) {
        return pager::advise(space, range, advice);
    }

    Result<void> mend(vm::SpaceId space, const Fault& fault) { return pager::mend(space, fault); }
    Result<void> put(vm::SpaceId space, VirtAddr address, Bytes text) {
        return pager::put(space, address, text);
    }

    Result<void> write_back() { return pager::write_back(); }
    Result<std::uint64_t> set_pool(std::uint64_t frames) { return pager::set_pool(frames); }
    vm::Statistics statistics() { return pager::statistics(); }
    std::uint64_t resident_pages(vm::SpaceId space) { return pager::resident_pages(space); }
};

static_assert(vm::Service<LinkedMemory>);
