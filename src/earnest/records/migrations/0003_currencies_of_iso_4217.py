"""The currencies of ISO 4217 in use, with the digits of their smallest unit, and XXX for an amount whose currency nobody told."""

from django.db import migrations

NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
TWO_DIGITS = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"


def seed(apps, schema_editor):
    currency = apps.get_model("records", "Currency")
    digits = {code: number for text, number in ((NO_DIGITS, 0), (TWO_DIGITS, 2), (THREE_DIGITS, 3)) for code in text.split()}
    # An untold currency is read with two digits, as its file was.
    digits["XXX"] = 2
    rows = [currency(code=code, minor_digits=number) for code, number in sorted(digits.items())]
    currency.objects.bulk_create(rows, ignore_conflicts=True)


# Going back leaves the rows: deals may be in these currencies, and the table goes with the migration that made it.
class Migration(migrations.Migration):
    dependencies = [("records", "0002_history_is_append_only")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
