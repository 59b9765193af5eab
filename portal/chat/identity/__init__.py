"""Identity before history: a plate or a VIN alone discloses nothing.

Whoever asks for a code hears the same, after the same time, whether the vehicle is known or not;
the code goes to the contact on file and to nobody else. `verifications.py` asks and confirms,
`tries.py` counts wrong codes, `contacts.py` finds whom to write to, `letters.py` says it.
"""
