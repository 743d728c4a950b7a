"""A server on this machine that stands in for a large language model: good, bad, slow, broken or obedient."""

from tests.readings.llm_server.models import Model, good, obedient, speechless, spoiled
from tests.readings.llm_server.server import Asked, ModelServer

__all__ = ["Asked", "Model", "ModelServer", "good", "obedient", "speechless", "spoiled"]
