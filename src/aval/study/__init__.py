"""Studies of whole texts, above single answers: comparing drafts."""
