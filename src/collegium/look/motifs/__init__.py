"""The motifs of procedural covers: each a function of (chance, field) that returns SVG shapes."""
