static_cast<void>(entry); // task 6
static_cast<void>(page);
static_cast<void>(frame);
static_cast<void>(flags);
