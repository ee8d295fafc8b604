"""What stands in findings.json: the stable contract with other programs."""
