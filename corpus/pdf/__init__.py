"""A PDF page's characters, boxes and lines as words, columns, paragraphs, tables and figures."""
