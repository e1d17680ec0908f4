// Task 6: sv39::make_entry, and then? It is called only where a table was missing.
static_cast<void>(memory);
static_cast<void>(page);
return std::unexpected(Error::no_memory);
