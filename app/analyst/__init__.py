"""The analyst's pages: what was found, what it rests on, and what changes when that is changed."""
