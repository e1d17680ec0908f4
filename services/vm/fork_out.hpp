// fork where the child has a vm::Memory of its own: what is done to the parent's.
// SPDX-License-Identifier: MIT
//
// For a placement that has one for each program (exo). Next: the placement copies the Memory.
#pragma once

#include "services/vm/users.hpp"

namespace vm {

template <class Tell>
Result<void> Memory::fork_out(SpaceId id, Tell tell) {
    TRY(check_fork_out(id));
    Space& space = spaces_[id.raw()];
    Result<void> told{};
    for (const Region& region : space.regions.all())
        for_each_record(space, {region.first, region.end}, [&](Page page, Record& record) {
            if (!record.is_resident() || !told)
                return;
            const Rights rights = narrow_for_fork(id, region, page, record.frame());
            told = tell(page, record.frame(), rights);
        });
    translations.settle();
    TRY(told);
    hold_files_again(id);
    return {};
}

} // namespace vm
