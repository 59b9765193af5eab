"""What a column can be, for each kind of file, and the names that systems give it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from portal.imports.kinds import Kind
from portal.kit.errors import N_
from portal.kit.text import _
from portal.vehicles.search_keys import name_key


@dataclass(frozen=True)
class Field:
    """`names` are separated by commas, as German and English exports write them."""

    key: str
    label: str
    names: str

    @property
    def text(self) -> str:
        return _(self.label)


CUSTOMER = (
    Field(
        "customer_number",
        N_("Customer number"),
        "kundennummer,kundennr,kdnr,kd nr,kundenid,kunden id,kunden nr,knr,debitor,"
        "debitorennummer,debitorennr,adressnummer,adressnr,alte kundennummer,"
        "altekundennummer,customer number,customer no,customer id,customerid,client id",
    ),
    Field("salutation", N_("Salutation"), "anrede,geschlecht,salutation,title anrede,gender"),
    Field("first_name", N_("First name"), "vorname,rufname,first name,firstname,given name"),
    Field(
        "last_name",
        N_("Last name"),
        "nachname,familienname,zuname,name1 nachname,last name,lastname,surname,family name",
    ),
    Field(
        "name",
        N_("Name"),
        "name,kunde,kundenname,halter,haltername,fahrzeughalter,ansprechpartner,name 1,"
        "name1,full name,customer,customer name,owner,contact",
    ),
    Field(
        "company",
        N_("Company"),
        "firma,firmenname,unternehmen,organisation,organisationsname,firmenname1,firma1,"
        "company,company name,organization",
    ),
    Field(
        "email",
        N_("E-mail address"),
        "email,e mail,mail,emailadresse,e mail adresse,mailadresse,email1,e mail 1,email address",
    ),
    Field(
        "phone",
        N_("Phone"),
        "telefon,tel,telefonnummer,telefonnr,telefon 1,telefon1,tel privat,"
        "telefon privat,festnetz,rufnummer,telefon geschaeftlich,fon,phone,phone number,"
        "telephone,home phone",
    ),
    Field(
        "mobile",
        N_("Mobile phone"),
        "mobil,handy,mobiltelefon,mobilnummer,handynummer,mobilfunk,telefon mobil,"
        "tel mobil,telefon 2,telefon2,mobile,mobile phone,cell,cell phone",
    ),
    Field(
        "street",
        N_("Street"),
        "strasse,straße,str,anschrift,adresse,strasse hausnummer,strasse und hausnummer,"
        "strasse nr,street,address,street address,address line 1,address1",
    ),
    Field(
        "house_number",
        N_("House number"),
        "hausnummer,hausnr,hnr,haus nr,house number,street number",
    ),
    Field("postcode", N_("Postcode"), "plz,postleitzahl,zip,zip code,postcode,postal code"),
    Field("city", N_("City"), "ort,stadt,wohnort,city,town"),
    Field(
        "customer_note",
        N_("Note about the customer"),
        "kundennotiz,kundenbemerkung,bemerkung kunde,notiz kunde,customer note",
    ),
)

VEHICLE_ID = (
    Field(
        "plate",
        N_("Plate"),
        "kennzeichen,amtl kennzeichen,amtliches kennzeichen,kfz kennzeichen,"
        "kfzkennzeichen,kfz kz,kz,polkennz,pol kennzeichen,nummernschild,"
        "fahrzeug kennzeichen,license plate,licence plate,plate,plate number,"
        "registration,reg no,registration number",
    ),
    Field(
        "vin",
        N_("VIN"),
        "fin,vin,fahrgestellnummer,fahrgestellnr,fgnr,fg nr,fahrgestell nr,fahrgestell,"
        "fahrzeug ident nr,fahrzeugidentnr,fahrzeugidentifizierungsnummer,"
        "fahrzeug identifizierungsnummer,fin vin,fahrzeug ident nummer,chassis,"
        "chassis number,vehicle identification number",
    ),
    Field(
        "vehicle_number",
        N_("Vehicle number"),
        "fahrzeugnummer,fahrzeugnr,fzg nr,fznr,fzgnr,fahrzeug id,fahrzeugid,kfz nr,"
        "interne nummer,vehicle number,vehicle id,vehicleid,vehicle no",
    ),
)

VEHICLE = (
    *VEHICLE_ID,
    Field(
        "plate_country",
        N_("Country of the plate"),
        "land kennzeichen,zulassungsland,nationalitaetskennzeichen,plate country",
    ),
    Field(
        "make",
        N_("Make"),
        "marke,hersteller,fabrikat,fahrzeughersteller,automarke,make,brand,manufacturer",
    ),
    Field(
        "model",
        N_("Model"),
        "modell,typ,fahrzeugtyp,modellbezeichnung,fahrzeugmodell,handelsbezeichnung,"
        "ausfuehrung,fahrzeug,fahrzeugbezeichnung,bezeichnung,model,vehicle,car,"
        "vehicle model",
    ),
    Field(
        "kba",
        N_("HSN and TSN together"),
        "kba,kba nr,kba nummer,kbanr,schluesselnummer,hsn tsn,schluessel nr,zu 2 zu 3,"
        "kba schluessel",
    ),
    Field(
        "hsn",
        N_("HSN"),
        "hsn,herstellerschluessel,herstellerschluesselnummer,zu 2,schluessel zu 2,zu2,"
        "schluesselnr 2",
    ),
    Field(
        "tsn",
        N_("TSN"),
        "tsn,typschluessel,typschluesselnummer,zu 3,schluessel zu 3,zu3,schluesselnr 3",
    ),
    Field(
        "first_registration",
        N_("First registration"),
        "erstzulassung,ez,erstzul,erstzulassungsdatum,datum erstzulassung,"
        "tag der erstzulassung,zulassung,first registration,registration date,"
        "date of first registration",
    ),
    Field(
        "fuel",
        N_("Fuel"),
        "kraftstoff,kraftstoffart,treibstoff,antrieb,antriebsart,motorart,kraftstofftyp,"
        "fuel,fuel type",
    ),
    Field(
        "power_kw",
        N_("Power in kW"),
        "kw,leistung,leistung kw,motorleistung,leistung in kw,kw ps,power,power kw",
    ),
    Field("power_hp", N_("Power in PS"), "ps,leistung ps,leistung in ps,hp,horsepower"),
    Field(
        "displacement_ccm",
        N_("Displacement"),
        "hubraum,ccm,hubraum ccm,cm3,displacement,engine size",
    ),
    Field(
        "tyre_size",
        N_("Tyres"),
        "reifen,reifengroesse,bereifung,reifendimension,tyres,tyre size,tires,tire size",
    ),
    Field("color", N_("Colour"), "farbe,farbcode,lackfarbe,wagenfarbe,color,colour"),
    Field(
        "hu_due",
        N_("Next HU"),
        "hu,naechste hu,hu faellig,hu bis,hu datum,tuev,tuev bis,tuev faellig,"
        "naechster tuev,hu au,hauptuntersuchung,hu termin,next inspection,mot,"
        "inspection due",
    ),
    Field(
        "odometer_km",
        N_("Odometer"),
        "km stand,kmstand,kilometerstand,kilometer,km,laufleistung,tachostand,"
        "letzter km stand,odometer,mileage,kilometers",
    ),
    Field(
        "vehicle_note",
        N_("Note about the vehicle"),
        "fahrzeugnotiz,fahrzeugbemerkung,bemerkung fahrzeug,notiz fahrzeug,vehicle note",
    ),
)

_NOTE = (
    "bemerkung,bemerkungen,notiz,notizen,hinweis,info,kommentar,"
    "note,notes,remark,remarks,comment,comments,memo"
)
_DAY = "datum,tag,date"

HISTORY = (
    *VEHICLE_ID,
    Field(
        "happened_on",
        N_("Day"),
        f"{_DAY},auftragsdatum,rechnungsdatum,re datum,leistungsdatum,reparaturdatum,"
        "werkstattdatum,annahmedatum,belegdatum,durchgefuehrt am,service date,"
        "invoice date,order date",
    ),
    Field(
        "title",
        N_("Work"),
        "arbeit,arbeiten,leistung,titel,betreff,bezeichnung,auftrag,auftragstext,"
        "arbeitstext,kurztext,durchgefuehrte arbeiten,reparatur,taetigkeit,service,title,"
        "work,job,subject,description",
    ),
    Field(
        "text",
        N_("Details"),
        f"beschreibung,text,details,langtext,positionen,beanstandung,{_NOTE}",
    ),
    Field(
        "entry_kind",
        N_("Kind of entry"),
        "art,auftragsart,typ,kategorie,vorgangsart,kind,type,category",
    ),
    Field(
        "odometer_km",
        N_("Odometer"),
        "km stand,kmstand,kilometerstand,kilometer,km,laufleistung,tachostand,odometer,mileage",
    ),
    Field(
        "document_number",
        N_("Order or invoice number"),
        "rechnungsnummer,rechnungsnr,re nr,renr,auftragsnummer,auftragsnr,auftrag nr,"
        "belegnummer,belegnr,vorgang,vorgangsnummer,invoice number,invoice no,"
        "order number",
    ),
    Field(
        "amount",
        N_("Amount"),
        "betrag,summe,brutto,gesamtbetrag,rechnungsbetrag,endbetrag,preis,amount,total,price",
    ),
)

_STARTS = (
    f"termin,beginn,start,startdatum,von,terminbeginn,starts at,start date,begin,anfang,{_DAY}"
)
_ENDS = "ende,bis,enddatum,terminende,ends at,end,end date"
TIMES = (
    Field("starts_on", N_("Begin (day)"), f"{_STARTS},termindatum,annahme,annahmedatum"),
    Field(
        "starts_time",
        N_("Begin (time)"),
        "uhrzeit,zeit,startzeit,beginn uhrzeit,uhrzeit von,von uhrzeit,annahmezeit,"
        "terminzeit,zeit von,time,start time",
    ),
    Field("ends_on", N_("End (day)"), f"{_ENDS},fertigstellung,abholung"),
    Field(
        "ends_time",
        N_("End (time)"),
        "endzeit,ende uhrzeit,uhrzeit bis,bis uhrzeit,zeit bis,abholzeit,end time",
    ),
)

BOOKING = (
    *TIMES,
    Field(
        "minutes",
        N_("Duration"),
        "dauer,minuten,dauer min,arbeitszeit,dauer in minuten,duration,duration minutes,minutes",
    ),
    Field(
        "title",
        N_("Work"),
        "arbeit,arbeiten,leistung,titel,betreff,auftrag,auftragstext,grund,terminart,"
        "terminbetreff,thema,service,services,subject,title,summary,description,reason",
    ),
    Field("note", N_("Note"), f"beschreibung,text,details,terminnotiz,{_NOTE}"),
    Field("state", N_("State"), "status,terminstatus,zustand,state"),
    Field(
        "booking_number",
        N_("Appointment number"),
        "terminnummer,terminnr,termin id,terminid,termin nr,id,uid,appointment id,"
        "booking id,booking number",
    ),
    Field("lift", N_("Lift"), "hebebuehne,buehne,arbeitsplatz,platz,lift,bay"),
    Field(
        "person",
        N_("Person"),
        "mechaniker,monteur,mitarbeiter,bearbeiter,techniker,mechanic,technician,employee,person",
    ),
    *VEHICLE_ID,
    *(field for field in VEHICLE if field.key in {"make", "model"}),
    *CUSTOMER,
)

ABSENCE = (
    Field(
        "person",
        N_("Person"),
        "mitarbeiter,mitarbeitername,name,person,ressource,monteur,mechaniker,employee,resource",
    ),
    *TIMES,
    Field(
        "absence_kind",
        N_("Reason"),
        "art,grund,abwesenheit,abwesenheitsart,abwesenheitsgrund,typ,titel,betreff,"
        "reason,type,summary",
    ),
    Field("note", N_("Note"), f"beschreibung,text,{_NOTE}"),
    Field("booking_number", N_("Number"), "id,uid,nummer"),
)

_NOTES_OF_CUSTOMERS = Field("customer_note", N_("Note about the customer"), _NOTE)
_NOTES_OF_VEHICLES = Field("vehicle_note", N_("Note about the vehicle"), _NOTE)

FIELDS: dict[Kind, Sequence[Field]] = {
    Kind.CUSTOMERS: CUSTOMER,
    Kind.VEHICLES: (*VEHICLE, *CUSTOMER),
    Kind.HISTORY: HISTORY,
    Kind.BOOKINGS: BOOKING,
    Kind.ABSENCES: ABSENCE,
}

NEEDED: dict[Kind, Sequence[frozenset[str]]] = {
    Kind.CUSTOMERS: (frozenset({"name", "last_name", "company"}),),
    Kind.VEHICLES: (frozenset({"plate", "vin"}),),
    Kind.HISTORY: (
        frozenset({"plate", "vin", "vehicle_number"}),
        frozenset({"happened_on"}),
        frozenset({"title", "text"}),
    ),
    Kind.BOOKINGS: (frozenset({"starts_on"}),),
    Kind.ABSENCES: (frozenset({"starts_on"}),),
}
"""One field of each group has to be there."""


def missing(kind: Kind, chosen: set[str]) -> list[str]:
    """What still has to be assigned, in words."""
    labels = {field.key: field.text for field in FIELDS[kind]}
    groups = [group for group in NEEDED[kind] if not group & chosen]
    return [
        _(" or ").join(label for key, label in labels.items() if key in group) for group in groups
    ]


@cache
def names_of(kind: Kind) -> dict[str, list[str]]:
    """Fields by the key of a column's name, the likeliest first."""
    found: dict[str, list[str]] = {}
    extra = {Kind.CUSTOMERS: [_NOTES_OF_CUSTOMERS], Kind.VEHICLES: [_NOTES_OF_VEHICLES]}
    for field in (*FIELDS[kind], *extra.get(kind, [])):
        for name in field.names.split(","):
            found.setdefault(column_key(name), []).append(field.key)
    return found


@cache
def all_names() -> frozenset[str]:
    return frozenset(name for kind in Kind for name in names_of(kind))


def column_key(name: str) -> str:
    """`Kd.-Nr.`, `KDNR` and `Kd_Nr` are one name."""
    return name_key(name).replace(" ", "")


def is_column(cell: str) -> bool:
    return column_key(cell) in all_names()
