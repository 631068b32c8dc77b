"""The only renderers: answers and problems as terminal text, as JSON, as HTML. Nothing here decides anything."""
