"""What makes this room move by itself."""
