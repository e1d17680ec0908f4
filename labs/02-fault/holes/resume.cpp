// Task 4. One fault of PROCESS more is mended (task.hpp). Nothing else: why not?
[[gnu::noipa]] void fault_resume([[maybe_unused]] Process& process) {}
