// Task 3. One sampling: what AGE becomes.
static_cast<void>(accessed);
return age;
