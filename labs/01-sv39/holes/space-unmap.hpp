// Task 6: TRY(entry_of(page)) is a pointer to PAGE's valid entry, or not_mapped goes up.
static_cast<void>(page);
return std::unexpected(Error::not_mapped);
