"""What a society moves in with: content packs, read whole, checked whole, loaded whole or not at all.

Owns the pack and the pack's items. Announces `kit.packs.pack_loaded`.
"""
