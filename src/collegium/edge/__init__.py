"""The edge: answers readers from memory and asks Django for the rest. It imports no Django.

Owns the content version (a number that every change to what is public raises), the store of finished answers,
and the only connection to Django's workers. It announces nothing.
"""
