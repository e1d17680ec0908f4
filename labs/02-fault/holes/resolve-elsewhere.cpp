// Task 3. The page is in another region, or far from the last one. Find its region
// (regions.find returns bad_address where none is: that must go up), let the space's `pages`
// reach its record, and do what you do at hand.
static_cast<void>(id);
static_cast<void>(fault);
return std::unexpected(Error::bad_address);
