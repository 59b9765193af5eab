"""What click itself says, in German: it asks gettext's compiled catalogue, which we do not have."""

import click.core
import click.exceptions
import click.formatting
import click.parser
import click.types

_GERMAN = {
    "Aborted!": "Abgebrochen.",
    "Usage:": "Aufruf:",
    "Options": "Optionen",
    "Commands": "Befehle",
    "Show this message and exit.": "Diese Hilfe zeigen.",
    "Error: {message}": "Fehler: {message}",
    "Try '{command} {option}' for help.": "Hilfe: {command} {option}",
    "Missing command.": "Es fehlt ein Befehl.",
    "Missing argument": "Es fehlt die Angabe",
    "Missing option": "Es fehlt die Option",
    "Missing parameter": "Es fehlt die Angabe",
    "Invalid value: {message}": "{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}: {message}",
    "No such option {name!r}.": "Die Option {name} gibt es nicht.",
    "No such command {name!r}.": "Den Befehl „{name}“ gibt es nicht.",
    "Could not open file {filename!r}: {message}": "{filename} lässt sich nicht öffnen: {message}",
    "{value!r} is not a valid {number_type}.": "„{value}“ ist keine Zahl, wie sie hier passt.",
    "{value} is not in the range {range}.": "{value} liegt nicht im Bereich {range}.",
    "file": "Datei",
    "directory": "Ordner",
    "path": "Pfad",
    "{name} {filename!r} does not exist.": "{name} „{filename}“ gibt es nicht.",
    "{name} {filename!r} is a file.": "{name} erwartet, „{filename}“ ist eine Datei.",
    "{name} {filename!r} is a directory.": "{name} erwartet, „{filename}“ ist ein Ordner.",
    "{name} {filename!r} is not readable.": "{name} „{filename}“ lässt sich nicht lesen.",
    "{name} {filename!r} is not writable.": "{name} „{filename}“ lässt sich nicht beschreiben.",
    "Option {name!r} does not take a value.": "Die Option {name} nimmt keinen Wert.",
}


def speak_german() -> None:
    """For the rest of this process."""
    modules = (click.core, click.exceptions, click.formatting, click.parser, click.types)
    for module in modules:
        module._ = _german  # type: ignore[attr-defined]


def _german(said: str) -> str:
    return _GERMAN.get(said, said)
