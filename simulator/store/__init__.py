"""Long runs, cut into numbered jobs: a folder with a ledger and shards that outlives whatever ends the program."""
