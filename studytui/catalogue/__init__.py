"""What can be computed, told: topics and references, as `studytui catalogue` and docs/references.md list them."""
