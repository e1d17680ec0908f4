// Task 2. queue.test_and_clear_accessed(frame) tells whether the page was used, and takes the
// bit away; queue.move_to_newest(frame) is one step of the hand.
static_cast<void>(queue);
return queue.ring();
