"""What makes this room move by itself."""

from collegium.intake.block_faults import value_of
from collegium.kit import blocks

blocks.read_with(value_of)
