"""Books and other tables: any file of rows to recognised columns and parties, bad cells as problems of their row."""
