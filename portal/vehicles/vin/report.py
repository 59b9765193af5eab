"""Everything a VIN says, with the restraint that European numbers need."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from portal.kit import clock
from portal.vehicles.vin import check_digit, model_year
from portal.vehicles.vin.countries import find_country
from portal.vehicles.vin.makers import Habit, Maker, find_maker
from portal.vehicles.vin.normal import normalize

CheckDigitResult = Literal["valid", "invalid", "not_a_check_digit"]
Severity = Literal["ok", "warning", "reject"]

# Only North America (49 CFR 565) and China (GB 16735) oblige makers to write a check digit.
_NORTH_AMERICA = frozenset("12345")
_OBLIGED = _NORTH_AMERICA | {"L"}
_FILLER = "ZZZ"


class VinReport(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One judged VIN; its JSON is what `carbot vin decode --json` prints.

    A rejected input carries `reason` and no facts. `country` is ISO 3166-1 alpha-2.
    `certificate_check_digit` is what field 3 of the German registration certificate must show.
    """

    input: str
    normalized: str | None = None
    accept: bool = False
    reason: str | UnsetType = UNSET
    suggestions: tuple[str, ...] = ()
    wmi: str | None = None
    manufacturer: str | None = None
    brand: str | None = None
    country: str | None = None
    check_digit_result: CheckDigitResult | None = None
    check_digit_mandatory: bool | None = None
    computed_check_digit: str | None = None
    position10: str | None = None
    position10_is_model_year: bool | None = None
    model_year_candidates: tuple[int, ...] = ()
    model_year_best: int | None = None
    severity: Severity = "reject"
    certificate_check_digit: str | None = None

    @property
    def is_american(self) -> bool:
        """Whether the number keeps to American rules: only then vPIC has something to say."""
        return (
            self.check_digit_result == "valid"
            and self.check_digit_mandatory is True
            and not str(self.normalized).startswith("L")
        )

    def contradicts_certificate(self, digit: str) -> bool:
        """Whether field 3 of the certificate shows another digit; blank or `-` says nothing."""
        told = digit.strip().upper()
        return check_digit.is_check_digit(told) and told != self.certificate_check_digit


def decode(text: str, *, this_year: int | None = None) -> VinReport:
    """Judge one VIN as typed; never raises. `this_year` decides between two model years."""
    normal = normalize(text)
    if normal.vin is None:
        return VinReport(input=text, reason=normal.reason or UNSET, suggestions=normal.suggestions)
    vin = normal.vin
    maker = find_maker(vin)
    computed = check_digit.compute(vin)
    result = _compare(vin[8], computed)
    american = _built_for_america(vin, maker, result)
    mandatory = american or vin[0] in _OBLIGED
    year = model_year.judge(
        vin,
        maker.habit if maker else _usual_habit(vin),
        american=american,
        this_year=this_year or clock.now().year,
    )
    return VinReport(
        input=text,
        normalized=vin,
        accept=True,
        suggestions=normal.suggestions,
        wmi=vin[:3],
        manufacturer=maker.manufacturer if maker else None,
        brand=maker.brand if maker else None,
        country=maker.country if maker else find_country(vin),
        check_digit_result=result,
        check_digit_mandatory=mandatory,
        computed_check_digit=computed,
        position10=vin[9],
        position10_is_model_year=year.stated,
        model_year_candidates=year.candidates,
        model_year_best=year.best,
        severity="warning"
        if normal.corrected or _is_doubtful(vin, result, mandatory=mandatory)
        else "ok",
        certificate_check_digit=check_digit.compute_for_certificate(vin),
    )


def _compare(ninth: str, computed: str) -> CheckDigitResult:
    if not check_digit.is_check_digit(ninth):
        return "not_a_check_digit"
    return "valid" if ninth == computed else "invalid"


def _built_for_america(vin: str, maker: Maker | None, result: CheckDigitResult) -> bool:
    """Made there, or made elsewhere to American rules: a re-import has the WMI of its EU twin.

    Such a car carries a fitting check digit and a model year, and no European filler. A Mercedes
    for Europe has its type number, all digits, from position 4.
    """
    if vin[3:6] == _FILLER:
        return False
    if vin[0] in _NORTH_AMERICA:
        return True
    if maker is None or result != "valid" or not model_year.is_year_code(vin[9]):
        return False
    if maker.habit is Habit.TYPE_NUMBER:
        return vin[3].isalpha()
    return maker.habit in model_year.ON_AMERICAN_CARS


def _usual_habit(vin: str) -> Habit:
    """For an unknown maker: where the check digit is obliged, so is the year."""
    return Habit.YEAR_AT_HOME if vin[0] in _OBLIGED else Habit.UNSURE


def _is_doubtful(vin: str, result: CheckDigitResult, *, mandatory: bool) -> bool:
    """What a person should look at again; none of it is a reason to refuse a European number.

    ISO 3779 wants digits in the last four places, and nobody is assigned an unassigned country.
    """
    if not vin[13:].isdigit() or vin.count(vin[0]) == len(vin) or find_country(vin) is None:
        return True
    if result == "not_a_check_digit":
        return vin[0] in _NORTH_AMERICA and vin[3:6] != _FILLER
    return mandatory and result == "invalid"
