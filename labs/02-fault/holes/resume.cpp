// Task 4. One fault of PROCESS more is mended (task.hpp). Nothing else: why not?
static_cast<void>(process);
