"""The outside channels (WeChat, SMS): what each can reach and how it signs people in. Never a sale."""
