"""What makes the whole house move by itself: every change is noticed, whichever process makes it."""

from collegium.config import freshness

freshness.begin()
