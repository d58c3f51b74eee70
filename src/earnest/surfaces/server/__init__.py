"""What `earnest serve` starts: the pages' processes, and the one that works in the background."""
