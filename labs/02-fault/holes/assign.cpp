// Task 3. Three places must know it: the page's record, the resolution, and the core map, whose
// `insert` returns the frame's record.
return core_[frame];
