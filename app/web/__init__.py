"""What the respondents' server and the analyst's share: headers, forms, and how pages are drawn."""
