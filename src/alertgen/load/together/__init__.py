"""What texts say beside each other.

- `siblings`, the whole: `twins` for what no two may share, `translations` for what those of one alert must agree on;
- `held`: texts that stay at home;
- `days`: days and moments that look wrong.
"""
