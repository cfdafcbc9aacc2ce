"""Patients, who covers them, and who prescribes for them."""
