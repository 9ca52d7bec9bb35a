"""Small drawings made on the server. Pure: shapes in, coordinates out; templates write the SVG."""
