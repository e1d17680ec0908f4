// Task 3. queue.age(frame) and queue.set_age(frame, age) are a byte of yours, 0 when the page
// was loaded. WINDOW is how many pages a choice samples.
static_cast<void>(queue);
return queue.ring();
