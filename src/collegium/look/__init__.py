"""The look: base templates, components, tokens, procedural covers and the web fonts.

It owns how everything appears and no table. A component is a trio of one name: template, css, sample.
It announces nothing.
"""
