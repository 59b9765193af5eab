"""Makers of Japan, Korea, India and south-east Asia."""

from portal.vehicles.vin.makers.row import Habit, Maker, Rows

_YEAR, _HOME, _NO = Habit.YEAR, Habit.YEAR_AT_HOME, Habit.NEVER
_UNSURE, _HEAVY, _AMERICA = Habit.UNSURE, Habit.HEAVY, Habit.AMERICA_ONLY
_MAZDA = Habit.UNSURE_OUTSIDE_AMERICA

_TOYOTA = "Toyota Motor Corporation"
_NISSAN = "Nissan Motor Co."
_MITSUBISHI = "Mitsubishi Motors Corporation"
_HONDA = "Honda Motor Co."
_HYUNDAI = "Hyundai Motor Company"
_GM_KOREA = "GM Korea"

JAPAN: Rows = (
    ("JT1 JT2 JT3 JT4 JT5", Maker("Toyota", _TOYOTA, "JP", _AMERICA)),
    ("JTB JTD JTE JTF JTG JTM JTN", Maker("Toyota", _TOYOTA, "JP", _AMERICA)),
    ("JTK JTL", Maker("Scion", _TOYOTA, "JP", _AMERICA)),
    ("JTH JTJ JT6 JT8", Maker("Lexus", _TOYOTA, "JP", _AMERICA)),
    ("JN1 JN3 JN6 JN8 JNA JNT", Maker("Nissan", _NISSAN, "JP", _AMERICA)),
    ("JNK JNR JNX", Maker("Infiniti", _NISSAN, "JP", _AMERICA)),
    ("JNC JNE", Maker("UD Trucks", "UD Trucks Corporation", "JP", _HEAVY)),
    ("JM1 JM2 JM3 JM6 JM7 JM0", Maker("Mazda", "Mazda Motor Corporation", "JP", _MAZDA)),
    ("JMZ", Maker("Mazda", "Mazda Motor Corporation", "JP", _UNSURE)),
    ("JMB JMY JMP", Maker("Mitsubishi", _MITSUBISHI, "JP", _HOME)),
    ("JA3 JA4 JA7", Maker("Mitsubishi", _MITSUBISHI, "JP", _YEAR)),
    ("JB3 JB4 JB7", Maker("Dodge", "Mitsubishi for Dodge", "JP", _YEAR)),
    ("JL5 JL6 JL7", Maker("Fuso", "Mitsubishi Fuso Truck and Bus", "JP", _HEAVY)),
    ("JHM JHL JHG", Maker("Honda", _HONDA, "JP", _YEAR)),
    ("JH4", Maker("Acura", _HONDA, "JP", _YEAR)),
    ("JH2", Maker("Honda Motorrad", _HONDA, "JP", _HEAVY)),
    ("JH3", Maker("Honda ATV", _HONDA, "JP", _HEAVY)),
    ("JHA JHB JHD JHH", Maker("Hino", "Hino Motors", "JP", _HEAVY)),
    ("JF1 JF2", Maker("Subaru", "Subaru Corporation", "JP", _YEAR)),
    ("JF4", Maker("Saab", "Subaru for Saab (9-2X)", "JP", _YEAR)),
    ("JSA", Maker("Suzuki", "Suzuki Motor Corporation", "JP", _NO)),
    ("JS2 JS3 JS4", Maker("Suzuki", "Suzuki Motor Corporation", "JP", _YEAR)),
    ("JS1", Maker("Suzuki Motorrad", "Suzuki Motor Corporation", "JP", _HEAVY)),
    ("JAA JAB JAC JAL JAM", Maker("Isuzu", "Isuzu Motors", "JP", _HEAVY)),
    ("JAE", Maker("Acura", "Isuzu for Acura (SLX)", "JP", _YEAR)),
    ("JDA JD1 JD2", Maker("Daihatsu", "Daihatsu Motor Co.", "JP", _UNSURE)),
    ("JKA JKB", Maker("Kawasaki", "Kawasaki Motors", "JP", _HEAVY)),
    ("JYA JYE", Maker("Yamaha", "Yamaha Motor Co.", "JP", _HEAVY)),
)

KOREA: Rows = (
    ("KMH KM8", Maker("Hyundai", _HYUNDAI, "KR", _YEAR)),
    ("KMF KMJ KMC", Maker("Hyundai", _HYUNDAI, "KR", _HOME)),
    ("KMT KMU", Maker("Genesis", _HYUNDAI, "KR", _YEAR)),
    ("KNA KND", Maker("Kia", "Kia Corporation", "KR", _YEAR)),
    ("KNE KNC KNF", Maker("Kia", "Kia Corporation", "KR", _HOME)),
    ("KNJ", Maker("Ford", "Kia for Ford", "KR", _YEAR)),
    ("KNM", Maker("Renault Samsung", "Renault Korea Motors", "KR", _UNSURE)),
    ("KL1 KLA KLY", Maker("Chevrolet", _GM_KOREA, "KR", _YEAR)),
    ("KL7 KL8", Maker("Chevrolet", _GM_KOREA, "KR", _YEAR)),
    ("KL2", Maker("Pontiac", _GM_KOREA, "KR", _YEAR)),
    ("KL3", Maker("Holden", _GM_KOREA, "KR", _HOME)),
    ("KL4", Maker("Buick", _GM_KOREA, "KR", _YEAR)),
    ("KL5", Maker("Suzuki", _GM_KOREA, "KR", _YEAR)),
    ("KPA KPT", Maker("SsangYong", "KG Mobility (SsangYong)", "KR", _HOME)),
    ("KLT", Maker("Tata Daewoo", "Tata Daewoo", "KR", _UNSURE)),
    ("KMY", Maker("Daelim", "Daelim Motor", "KR", _UNSURE)),
    ("KM4", Maker("Hyosung", "Hyosung Motors", "KR", _UNSURE)),
)

INDIA: Rows = (
    ("MAL", Maker("Hyundai", "Hyundai Motor India", "IN", _HOME)),
    ("MZB", Maker("Kia", "Kia India", "IN", _HOME)),
    ("MA3", Maker("Suzuki", "Maruti Suzuki India", "IN", _NO)),
    ("MBH", Maker("Nissan", "Maruti Suzuki for Nissan", "IN", _NO)),
    ("MA1", Maker("Mahindra", "Mahindra & Mahindra", "IN", _UNSURE)),
    ("MAT", Maker("Tata", "Tata Motors", "IN", _UNSURE)),
    ("MAJ", Maker("Ford", "Ford India", "IN", _AMERICA)),
    ("MAK", Maker("Honda", "Honda Cars India", "IN", _HOME)),
    ("MA6 MCB", Maker("Chevrolet", "General Motors India", "IN", _HOME)),
    ("MA7", Maker("Mitsubishi", "Hindustan Motors", "IN", _UNSURE)),
    ("MBJ", Maker("Toyota", "Toyota Kirloskar Motor", "IN", _NO)),
    ("MBR", Maker("Mercedes-Benz", "Mercedes-Benz India", "IN", Habit.TYPE_NUMBER)),
    ("MB1", Maker("Ashok Leyland", "Ashok Leyland", "IN", _UNSURE)),
    ("MCA", Maker("Fiat", "Fiat India", "IN", _NO)),
    ("MDH", Maker("Nissan", "Renault Nissan India", "IN", _NO)),
    ("MEE", Maker("Renault", "Renault India", "IN", _NO)),
    ("MEX", Maker("Skoda", "Skoda Auto Volkswagen India", "IN", _HOME)),
    ("MEC", Maker("BharatBenz", "Daimler India", "IN", _UNSURE)),
    ("MZZ", Maker("Citroën", "PCA Automobiles India", "IN", _UNSURE)),
    ("MD2", Maker("Bajaj", "Bajaj Auto", "IN", _UNSURE)),
    ("MD6", Maker("TVS", "TVS Motor", "IN", _UNSURE)),
    ("ME1", Maker("Yamaha", "India Yamaha Motor", "IN", _UNSURE)),
    ("ME3", Maker("Royal Enfield", "Royal Enfield", "IN", _UNSURE)),
    ("ME4", Maker("Honda Motorrad", "Honda Motorcycle & Scooter India", "IN", _UNSURE)),
    ("MBX", Maker("Piaggio", "Piaggio Vehicles India", "IN", _UNSURE)),
)

SOUTH_EAST: Rows = (
    ("MMA MMB MMC MMT MMD", Maker("Mitsubishi", "Mitsubishi Motors Thailand", "TH", _HOME)),
    ("ML3", Maker("Mitsubishi", "Mitsubishi Motors Thailand", "TH", _YEAR)),
    ("MMS MLC", Maker("Suzuki", "Suzuki Motor Thailand", "TH", _UNSURE)),
    ("MMM MMU", Maker("Chevrolet", "General Motors Thailand", "TH", _HOME)),
    ("MM6 MM7 MM8", Maker("Mazda", "AutoAlliance Thailand", "TH", _UNSURE)),
    ("MNA MNB MNC MPB", Maker("Ford", "AutoAlliance/Ford Thailand", "TH", _NO)),
    ("MNT", Maker("Nissan", "Nissan Motor Thailand", "TH", _NO)),
    ("MPA MP1", Maker("Isuzu", "Isuzu Motors Thailand", "TH", _UNSURE)),
    ("MR0 MR1 MR2", Maker("Toyota", "Toyota Motor Thailand", "TH", _NO)),
    ("MRH", Maker("Honda", "Honda Automobile Thailand", "TH", _HOME)),
    ("MLH", Maker("Honda Motorrad", "Thai Honda Manufacturing", "TH", _HEAVY)),
    ("ML5", Maker("Kawasaki", "Kawasaki Motors Thailand", "TH", _HEAVY)),
    ("MHF", Maker("Toyota", "Toyota Indonesia", "ID", _NO)),
    ("MHR", Maker("Honda", "Honda Prospect Motor", "ID", _HOME)),
    ("PL1", Maker("Proton", "Proton", "MY", _UNSURE)),
    ("PM2", Maker("Perodua", "Perodua", "MY", _UNSURE)),
    ("RFB", Maker("Kymco", "Kwang Yang Motor", "TW", _UNSURE)),
    ("RFG", Maker("SYM", "Sanyang Motor", "TW", _UNSURE)),
    ("RLL", Maker("VinFast", "VinFast", "VN", _YEAR)),
    ("NAA", Maker("Iran Khodro", "Iran Khodro", "IR", _UNSURE)),
    ("NAS", Maker("SAIPA", "SAIPA", "IR", _UNSURE)),
)
