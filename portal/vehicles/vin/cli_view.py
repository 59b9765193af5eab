"""A VIN report for a pipe and for a person."""

import msgspec
from babel import Locale

from portal.kit import text
from portal.kit.text import _
from portal.vehicles.vin.report import VinReport
from portal.vehicles.vin.vpic import VpicFacts

_encoder = msgspec.json.Encoder()


def as_json(report: VinReport, facts: VpicFacts | None = None) -> bytes:
    """One JSON object without a line break, as the contract has it; vPIC's facts under `vpic`."""
    if facts is None:
        return _encoder.encode(report)
    return _encoder.encode(msgspec.to_builtins(report) | {"vpic": facts})


def as_text(report: VinReport, locale: str = "de", facts: VpicFacts | None = None) -> str:
    """Some lines for people, the VIN or the input first."""
    with text.speaking(locale):
        lines = _accepted(report) if report.accept else _rejected(report)
        if facts is not None:
            lines.append(_labelled("vPIC", vpic_line(facts)))
        return "\n".join(lines)


def vpic_line(facts: VpicFacts) -> str:
    """„BMW 328i, 2012, 2.0 l, Gasoline, Sedan/Saloon“: vPIC's own words."""
    car = " ".join(part for part in (facts.make, facts.model, facts.trim) if part)
    size = f"{float(facts.displacement_l):.1f} l" if facts.displacement_l else None
    year = str(facts.model_year) if facts.model_year else None
    return ", ".join(part for part in (car, year, size, facts.fuel, facts.body) if part)


def _accepted(report: VinReport) -> list[str]:
    return [
        str(report.normalized),
        *(
            _("Please check: %(input)s was read as %(vin)s.", input=_shown(report), vin=vin)
            for vin in report.suggestions
        ),
        _labelled(_("Maker"), _maker(report)),
        _labelled(_("Country"), country_text(report.country)),
        _labelled(_("Model year"), _model_year(report)),
        _labelled(_("Check digit"), _check_digit(report)),
        _labelled(_("Field 3 of the certificate"), str(report.certificate_check_digit)),
    ]


def _rejected(report: VinReport) -> list[str]:
    lines = [f"{_shown(report)}: {reason_text(str(report.reason))}"]
    if report.suggestions:
        lines.append(_labelled(_("Possibly meant"), ", ".join(report.suggestions)))
    return lines


def _labelled(label: str, value: str) -> str:
    return f"  {label}: {value}"


def _shown(report: VinReport) -> str:
    return "".join(c for c in report.input if c.isprintable()).strip() or "–"


def reason_text(reason: str) -> str:
    """Why a number was refused, in the language of the moment."""
    if reason == "empty":
        return _("No vehicle identification number was entered.")
    if reason.startswith("length_"):
        return _(
            "A vehicle identification number has 17 characters, this one has %(count)s.",
            count=reason.removeprefix("length_"),
        )
    return _("A vehicle identification number has only letters and digits, never I, O or Q.")


def _maker(report: VinReport) -> str:
    if report.brand is None:
        return _("unknown (WMI %(wmi)s)", wmi=report.wmi)
    return f"{report.brand} ({report.manufacturer})"


def country_text(code: str | None) -> str:
    """A country by its name in the language of the moment."""
    if code is None:
        return _("not assigned")
    return str(Locale.parse(text.locale.get()).territories.get(code, code))


def _model_year(report: VinReport) -> str:
    years = " / ".join(str(year) for year in report.model_year_candidates)
    if report.position10_is_model_year is None and years:
        return _("unconfirmed, perhaps %(years)s; the first registration counts", years=years)
    if report.model_year_best is None:
        return _("not part of this number")
    return _("%(best)s (possible: %(years)s)", best=report.model_year_best, years=years)


def _check_digit(report: VinReport) -> str:
    if report.check_digit_result == "valid":
        return _("correct")
    if report.severity == "warning" and report.check_digit_mandatory:
        return _("wrong, %(digit)s would be right", digit=report.computed_check_digit)
    return _("not used by this maker for this market")
