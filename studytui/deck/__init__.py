"""A Markdown file becomes a deck of cards; variants are drawn; `check` finds what is wrong."""
