"""The page of boards and committees."""
