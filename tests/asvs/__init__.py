"""OWASP's Application Security Verification Standard 5.0 at level 2, requirement by requirement, with what shows it."""
