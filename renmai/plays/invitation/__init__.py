"""The play `invitation`: whoever brings somebody is thanked once that person has bought and kept something."""
