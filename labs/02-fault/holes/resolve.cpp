// Task 3. SPACE's `regions.found()` is the region that holds the page. In this order:
// 1. Do the region's rights allow the access? If not: not_permitted, and nothing is changed.
// 2. Note what was found in resolution_ (resolution.hpp): page, place, space, access, rights,
//    supply, standing. The first touch of an anonymous page is what happens nearly always:
//    zeroes, and no translation stands there.
// 3. The record of the page (nodes_[place]) may say that it was touched before, or the region
//    that it is a file's. Then resolve_known(region, record) corrects what you noted; what it
//    returns must go up (TRY).
static_cast<void>(region);
static_cast<void>(id);
static_cast<void>(fault);
return std::unexpected(Error::bad_address);
