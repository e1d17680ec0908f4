// Task 1. The queue begins with queue.oldest(); queue.newer(frame) is the next one. Behind the
// last stands queue.ring(), which is no frame.
static_cast<void>(queue);
return queue.ring();
