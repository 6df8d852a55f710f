"""Reads flows/prices.yaml: what the carrier takes. What may not enter: what anything costs in the end."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from hotline.core.telling import Prices

from .script_schema import Strict
from .yaml_files import Document

PRICES = "prices.yaml"


class PriceFile(Strict):
    """prices.yaml."""

    spec_version: Literal[1]
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    assumed: bool
    text_out: float = Field(ge=0)
    text_in: float = Field(ge=0)
    call_in: float = Field(ge=0)
    call_out: float = Field(ge=0)


def load_prices(flows: Path) -> Prices:
    """Raises FileFaultError."""
    return Prices(**Document(flows / PRICES).checked(PriceFile).model_dump(exclude={"spec_version"}))
