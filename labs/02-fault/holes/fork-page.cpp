// Task 5. The child's record names the same frame by now. Who else must learn of it? RIGHTS are
// what the child's translation gets. If the parent's translation may write and must not any
// more, it is to be protected, and the usage that `protect` returns is to be noted
// (note_usage).
static_cast<void>(parent);
const Rights rights = region.rights;
