"""What falls due for a learner, on the dashboard and in one's own calendar."""
