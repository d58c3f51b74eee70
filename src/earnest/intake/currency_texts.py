"""Currencies as they stand beside numbers: ISO 4217 codes, and the symbols that mean one currency only."""

import polars as pl

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD
MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""
CODES = frozenset(_CODES.split())
_SYMBOLS = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₺": "TRY",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₴": "UAH",
    "₫": "VND",
    "₦": "NGN",
    "₱": "PHP",
    "฿": "THB",
    "zł": "PLN",
    "us$": "USD",
    "r$": "BRL",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "mx$": "MXN",
}
# Dollars, crowns and the yen sign belong to several currencies: they may stand there, but say nothing.
_VAGUE = ("$", "¥", "kr", "kr.", "fr", "fr.", "sfr", "sfr.", "rs", "rs.")
_SIGNS = r"(?:US|AU|A|CA|C|NZ|HK|S|R|MX)?\$|[€£¥₹₺₽₩₪₴₫₦₱฿]|(?i:s?fr\.?|kr\.?|rs\.?|zł)"
SIGN = rf"[A-Za-z]{{3}}|{_SIGNS}"


def code_of(sign: pl.Expr) -> pl.Expr:
    """The ISO code that a sign means; blank when it is none or means several."""
    known = {code.lower(): code for code in CODES} | _SYMBOLS
    return sign.str.to_lowercase().replace_strict(known, default=None, return_dtype=pl.String)


def is_known(sign: pl.Expr) -> pl.Expr:
    """True for what stands for a currency, even if not for one only."""
    return sign.str.to_lowercase().is_in([*(code.lower() for code in CODES), *_SYMBOLS, *_VAGUE])
