"""What the assistant can look up and do: a file for each tool, and one type for each result.

The built-in assistant and a model use the same functions, so both speak of the same facts. A model
asks by name (`registry.py`); what it gets is data between marks, and what may be said afterwards
follows from the results, never from its words.
"""
