"""ISO 20022 messages to payments: pacs, pain and camt, any version, in an envelope or without, one or thousands."""
