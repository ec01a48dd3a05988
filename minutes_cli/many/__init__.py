"""Many files: judged in order, by several processes, out of a cache, and compared with each other."""
