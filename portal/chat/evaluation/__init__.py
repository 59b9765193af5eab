"""The evaluation desk: conversations and attacks as data, judged by rules and never by a model.

`cases.py` reads the conversations of customers, `attacks.py` makes attacks from templates,
`lies.py` is what a hostile model says; `world.py` founds workshops full of canaries, `runs.py` puts
every question to the assistant, `checks.py` judges each answer, and `report.py` counts.
"""
