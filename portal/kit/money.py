"""Money as exact decimals of euro and cent."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def rounded(amount: Decimal) -> Decimal:
    """To the cent, half up, as German invoices do."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def as_json(amount: Decimal) -> str:
    """Two decimals and a point, for the API."""
    return f"{rounded(amount):.2f}"
