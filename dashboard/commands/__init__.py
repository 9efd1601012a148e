"""One file a command of the `wuqing` command line."""
