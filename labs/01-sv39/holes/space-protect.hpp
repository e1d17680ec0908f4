// Task 6. First what cannot be (has_encoding), then whether it is there, then the change.
static_cast<void>(page);
static_cast<void>(rights);
return std::unexpected(Error::not_mapped);
