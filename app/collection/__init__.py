"""What carries invitations to people: lists of people, link sheets, cards, letters."""
