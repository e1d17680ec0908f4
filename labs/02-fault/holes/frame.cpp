// Task 3. A first touch takes a free frame (frames.take) and assigns it, as long as fewer
// frames are resident than the pool has (core_.resident(), pool_). For everything else, and
// when no frame is free, memory.frame_otherwise() does what is to be done: it is written, and
// returns a Result, too.
static_cast<void>(memory);
return std::unexpected(Error::no_memory);
