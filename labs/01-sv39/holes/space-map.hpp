// Task 6: entry_for(memory, page) finds PAGE's entry, or makes it.
static_cast<void>(memory);
static_cast<void>(page);
static_cast<void>(frame);
static_cast<void>(flags);
return std::unexpected(Error::no_memory);
