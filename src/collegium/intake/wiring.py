"""What makes this room move by itself."""

from collegium.intake.block_validation import value_of
from collegium.kit import markdown_blocks

markdown_blocks.set_reader(value_of)
