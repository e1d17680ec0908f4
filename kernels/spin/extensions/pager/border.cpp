// The border of the pager, as interface/memory.hpp declares it: vm::Service, with the lock taken.
// SPDX-License-Identifier: MIT
//
// Before: the extension unix, through names that the kernel's linker bound. Next:
// services/vm/behind_lock.hpp.
#include "kernels/spin/extensions/pager/pager.hpp"

Result<void> pager::set_up(const vm::Configuration& configuration) {
    return the_pager().set_up(configuration);
}

spin::TranslationContext pager::context(vm::SpaceId space) {
    return the_pager().memory.translations.context(space);
}

Result<vm::SpaceId> pager::create(std::span<const vm::Region> regions, vm::HeapPlace heap) {
    return the_pager().service.create(regions, heap);
}
Result<vm::SpaceId> pager::fork(vm::SpaceId space) { return the_pager().advised.fork(space); }
void pager::destroy(vm::SpaceId space) { the_pager().advised.destroy(space); }
Result<void> pager::map(vm::SpaceId space, const vm::Region& region) {
    return the_pager().service.map(space, region);
}
Result<Page> pager::map_within(vm::SpaceId space, const vm::Region& region, vm::PageRange range) {
    return the_pager().service.map_within(space, region, range);
}
Result<void> pager::unmap(vm::SpaceId space, vm::PageRange range) {
    return the_pager().advised.unmap(space, range);
}
Result<void> pager::protect(vm::SpaceId space, vm::PageRange range, Rights rights) {
    return the_pager().advised.protect(space, range, rights);
}
Result<VirtAddr> pager::move_break(vm::SpaceId space, std::int64_t bytes) {
    return the_pager().service.move_break(space, bytes);
}
Result<void> pager::advise(vm::SpaceId space, vm::PageRange range, abi::Advice advice) {
    return the_pager().advised.advise(space, range, advice);
}
Result<void> pager::mend(vm::SpaceId space, const Fault& fault) {
    return the_pager().advised.mend(space, fault);
}
Result<void> pager::put(vm::SpaceId space, VirtAddr address, Bytes text) {
    return the_pager().service.put(space, address, text);
}
Result<void> pager::write_back() { return the_pager().service.write_back(); }
Result<std::uint64_t> pager::set_pool(std::uint64_t frames) {
    return the_pager().advised.set_pool(frames, the_pager().most_frames());
}
vm::Statistics pager::statistics() { return the_pager().advised.statistics(); }
std::uint64_t pager::resident_pages(vm::SpaceId space) {
    return the_pager().advised.resident_pages(space);
}
