"""What accounts add up to: disagreements, claims, attributions, counts. Pure functions over the model."""
