// Task 5. resolution_.frame is new, resolution_.source is what it is to be a copy of. What
// becomes of the source? Its users are one less: drop_user returns what is to be returned here.
// When this space was its last user, nothing may map it any more when it is free: unmap the
// page, and note its usage (note_usage; translations.unmap).
return {};
