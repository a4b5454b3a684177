"""The annual meeting: its page, blocks and labels."""
