"""The register beyond accounts as the office edits it: sheets of one workbook, or one CSV file a sheet.

``catalogue`` declares every sheet once; templates, loaders and exports all follow that declaration.
"""
