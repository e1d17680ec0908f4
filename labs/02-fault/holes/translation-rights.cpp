// Task 5. So far everybody may do with a page whatever its region allows. A private page may be
// written by its translation only while nobody else uses the frame: not if it is a file's, not
// if it has more users than one, not if frames.is_shared(frame). (A shared file's page may be
// written once its record has CLAIMED.) Rights can be narrowed with &.
static_cast<void>(frame);
return region.rights;
