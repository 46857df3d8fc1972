"""Everything that lasts, in SQL and nothing else: schema, migrations, one module per thing stored."""
