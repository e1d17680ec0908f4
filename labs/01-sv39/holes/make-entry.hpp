// Task 3. As find_entry, but where no table is yet, TRY(memory.new_table()) gives a zeroed
// frame. Take one only where it is needed: nobody gives it back.
static_cast<void>(memory);
static_cast<void>(root);
static_cast<void>(page);
return std::unexpected(Error::no_memory);
