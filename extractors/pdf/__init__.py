"""What hides in a PDF: text that is covered, white or off the page, layers under scans, fields, remarks, files."""
