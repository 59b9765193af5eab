"""Who owns a world manufacturer identifier (WMI).

Facts only, gathered by hand from what makers, the US registry vPIC (NHTSA, public data) and
public lists of ISO 3780 assignments state about each WMI. A row names the owner of the WMI,
not the plant: a Vito built in Spain stays German. Unknown WMIs are no error.
"""

from portal.vehicles.vin.makers.americas import CANADA_AND_MEXICO, SOUTH_AMERICA, UNITED_STATES
from portal.vehicles.vin.makers.asia import INDIA, JAPAN, KOREA, SOUTH_EAST
from portal.vehicles.vin.makers.china import CHINA
from portal.vehicles.vin.makers.germany import GERMANY
from portal.vehicles.vin.makers.other_europe import CENTRE, EAST, ITALY, NORTH, TURKEY
from portal.vehicles.vin.makers.row import Habit, Maker, Rows
from portal.vehicles.vin.makers.small import SMALL
from portal.vehicles.vin.makers.south import SOUTH
from portal.vehicles.vin.makers.western_europe import (
    BRITAIN,
    FRANCE,
    IBERIA,
    LOW_COUNTRIES_AND_ALPS,
)

TABLES: tuple[Rows, ...] = (
    *(GERMANY, BRITAIN, FRANCE, IBERIA, LOW_COUNTRIES_AND_ALPS, ITALY, NORTH, CENTRE, EAST),
    *(TURKEY, JAPAN, KOREA, INDIA, SOUTH_EAST, CHINA, UNITED_STATES, CANADA_AND_MEXICO),
    *(SOUTH_AMERICA, SOUTH, SMALL),
)

MAKERS: dict[str, Maker] = {
    code: maker for rows in TABLES for codes, maker in rows for code in codes.split()
}

__all__ = ["MAKERS", "TABLES", "Habit", "Maker", "find_maker"]


def find_maker(vin: str) -> Maker | None:
    """The maker of a normalised VIN; small makers (third character 9) by positions 12-14 too."""
    if vin[2] == "9":
        return MAKERS.get(f"{vin[:3]}/{vin[11:14]}")
    return MAKERS.get(vin[:3])
