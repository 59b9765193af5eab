"""How long tests wait for what is to come: a busy machine is slow, and what comes at once costs nothing."""

PATIENCE_S = 60
