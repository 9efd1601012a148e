"""Everything recomputed from the events, by another way than the screens' (`wuqing check`)."""
