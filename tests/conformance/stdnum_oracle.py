"""Compares our verdicts on random identifiers with python-stdnum's.

usage: stdnum_oracle.py PROGRAM [SEED]

PROGRAM reads lines "kind<TAB>value" and answers "verdict<TAB>code<TAB>normalized". Numbers
are made for each kind, about half of them right, then damaged by one character. Every
difference has to be one of DIFFERENCES, and each of these has to occur.
"""

import ipaddress
import itertools
import random
import subprocess
import sys

import stdnum
from stdnum import lei
from stdnum.cn import ric, uscc
from stdnum.eu import vat
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.iso7064 import mod_11_2, mod_97_10

DIGITS = '0123456789'
LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
USCC = '0123456789ABCDEFGHJKLMNPQRTUWXY'
ROR = '0123456789abcdefghjkmnpqrstvwxyz'

# One pattern a form: 9 is a digit, A a letter, D a day of birth of six digits, d one that
# begins with the day; # and @ are tried in all values, so that enough numbers are right.
VAT = {
    'AT': ['U9999999#'],
    'BE': ['09999999##', '19999999##', '9999999##', '99999999##'],
    'BG': ['99999999#', '999999999#', 'D999#'],
    'CY': ['99999999@'],
    'CZ': ['9999999#', '69999999#', 'D99#', 'D999#'],
    'DE': ['99999999#'],
    'DK': ['9999999#'],
    'EE': ['99999999#'],
    'EL': ['99999999#', '9999999#'],
    'ES': ['A9999999#', 'A9999999@', '99999999@', 'X9999999@', 'Y9999999@', 'K9999999@'],
    'FI': ['9999999#'],
    'FR': ['##999999999', '##000999999', '@#999999999', '#@999999999', '@A999999999'],
    'HR': ['9999999999#'],
    'HU': ['9999999#'],
    'IE': ['9999999@', '9999999@A', '9999999@W', '9A99999@', '9+99999@', '9*99999@'],
    'IT': ['9999999001#', '9999999120#', '9999999888#', '9999999999#'],
    'LT': ['99999991#', '9999999991#', '99999999991#'],
    'LU': ['999999##'],
    'LV': ['4999999999#', '9999999999#', 'd1999#', '3299999999#'],
    'MT': ['999999##'],
    'NL': ['99999999#B01', '999999999B##', '9999999#B01'],
    'PL': ['999999999#'],
    'PT': ['99999999#'],
    'RO': ['9#', '999#', '99999#', '9999999#', '999999999#', '1D99999#', '5D99999#'],
    'SE': ['999999999#01', '99999999999#'],
    'SI': ['9999999#'],
    'SK': ['999999999#', 'D999#'],
    'XI': ['9999999##', '0999999##', '9999999##999', 'GD#99', 'HA#99', 'GD8888999##',
           'HA8888999##'],
}


def organisation_fits(code):
    """The check character of GB 11714 in positions 9 to 17, which python-stdnum lacks."""
    total = sum(int(c, 36) * w for c, w in zip(code[8:16], (3, 7, 9, 10, 5, 8, 4, 2)))
    return '0X987654321'[total % 11] == code[16]


# Kind, name of the reason, and whether it explains a difference. `theirs` is the exception
# or None, `ours` is (verdict, code, normalized).
DIFFERENCES = [
    # GB 32100-2015 has letters for the registrar: A, N and Y.
    ('uscc', 'stdnum demands a digit first',
     lambda value, theirs, ours: value[0] in 'ANY' and ours[0] != 'invalid'
     and organisation_fits(value)),
    ('uscc', 'stdnum does not check the organisation code',
     lambda value, theirs, ours: theirs is None and ours[1] == 'check'
     and not organisation_fits(value)),
    # Companies of Fujian have such codes.
    ('uscc', 'codes from before 2016 fail the check character',
     lambda value, theirs, ours: isinstance(theirs, InvalidChecksum) and ours[1] == 'legacy'
     and organisation_fits(value)),
    ('uscc', 'a number of a person may fit the check character',
     lambda value, theirs, ours: theirs is None and ours[1] == 'resident_id'
     and ours[2] == '' and mod_11_2.is_valid(value)),
    ('lei', 'stdnum takes every length',
     lambda value, theirs, ours: theirs is None and len(value) != 20 and ours[1] == 'length'),
    # ISO 17442 has two check digits, never letters.
    ('lei', 'stdnum takes letters for check digits',
     lambda value, theirs, ours: theirs is None and not value[18:].isdigit()
     and ours[1] == 'format'),
    # Numbers began with 0 only, and begin with 0 or 1 since 2005.
    ('vat', 'stdnum takes Belgian numbers that begin with 2 to 9',
     lambda value, theirs, ours: theirs is None and value.startswith('BE')
     and value[2] > '1' and len(value) == 12 and ours[1] == 'check'),
    # Since 1 July 2017 Latvia gives persons numbers without their day of birth.
    ('vat', 'stdnum demands a day of birth in Latvian numbers',
     lambda value, theirs, ours: value.startswith('LV32') and theirs is not None
     and ours[0] == 'valid'),
    # The tax office always writes all nine digits.
    ('vat', 'stdnum adds zeros to Dutch numbers',
     lambda value, theirs, ours: theirs is None and value.startswith('NL')
     and len(value) < 14 and ours[1] == 'length'),
]


def orcid_oracle(value):
    if len(value) != 16 or not value[:15].isdigit():
        raise ValidationError()
    return '-'.join(mod_11_2.validate(value)[i:i + 4] for i in range(0, 16, 4))


def ror_oracle(value):
    if len(value) != 9 or value[0] != '0' or not value[7:].isdigit():
        raise ValidationError()
    if any(c not in ROR for c in value):
        raise ValidationError()
    number = 0
    for c in value[:7]:
        number = number * 32 + ROR.index(c)
    if mod_97_10.calc_check_digits(str(number)) != value[7:]:
        raise InvalidChecksum()
    return value


def url_oracle(value):
    """Of a URL whose host is a number."""
    host = value[len('http://'):]
    if host.startswith('['):
        if not host.endswith(']') or '%' in host:
            raise ValidationError()
        ipaddress.IPv6Address(host[1:-1])
    else:
        ipaddress.IPv4Address(host)
    return value.lower()


ORACLES = {
    'uscc': uscc.validate,
    'orcid': orcid_oracle,
    'ror': ror_oracle,
    'lei': lei.validate,
    'vat': vat.validate,
    'url': url_oracle,
}


def birthday(rng, day_first=False):
    year, month, day = rng.randrange(100), rng.randrange(14), rng.randrange(33)
    month += rng.choice((0, 0, 0, 20, 40, 50, 70))
    parts = (day, month, year) if day_first else (year, month, day)
    return ''.join('%02d' % (part % 100) for part in parts)


def fill(rng, pattern):
    """All numbers of one random filling of `pattern`."""
    if pattern.startswith(('GD', 'HA')):
        start, pattern = pattern[:2], pattern[2:]
    else:
        start = ''
    choices = []
    for c in pattern:
        choices.append({
            '9': lambda: rng.choice(DIGITS),
            'A': lambda: rng.choice(LETTERS),
            'D': lambda: [birthday(rng)],
            'd': lambda: [birthday(rng, day_first=True)],
            '#': lambda: DIGITS,
            '@': lambda: LETTERS,
        }.get(c, lambda: c)())
    return (start + ''.join(parts) for parts in itertools.product(*choices))


def vat_numbers(rng):
    for country, patterns in VAT.items():
        for pattern in patterns:
            for _ in range(20 if '##' in pattern else 40):
                yield from (country + number for number in fill(rng, pattern))


def resident_ids(rng):
    for _ in range(20000):
        number = '110101%04d%02d%02d%03d' % (
            rng.randrange(1930, 2010), rng.randrange(1, 13), rng.randrange(1, 29),
            rng.randrange(1000))
        yield number + ric.calc_check_digit(number + '0')


def uscc_numbers(rng):
    for _ in range(3000):
        code = rng.choice(('91', '11', '12', '52', 'N2', 'A1', 'Y1'))
        code += ''.join(rng.choice(DIGITS) for _ in range(6))
        code += ''.join(rng.choice(USCC) for _ in range(8))
        ends = [c for c in USCC if organisation_fits(code + c)] or [rng.choice(USCC)]
        code += rng.choice(ends) if rng.random() < 0.8 else rng.choice(USCC)
        right = uscc.calc_check_digit(code)
        yield code + (right if rng.random() < 0.7 else rng.choice(USCC))
    # Persons' numbers that pass for an organisation's.
    yield from (n for n in resident_ids(rng) if uscc.is_valid(n))


def orcid_numbers(rng):
    for _ in range(1000):
        body = ''.join(rng.choice(DIGITS) for _ in range(15))
        yield body + mod_11_2.calc_check_digit(body)


def ror_numbers(rng):
    for _ in range(1000):
        serial = rng.randrange(32 ** 6)
        body = '0' + ''.join(ROR[serial >> shift & 31] for shift in range(25, -1, -5))
        yield body + mod_97_10.calc_check_digits(str(serial))


def lei_numbers(rng):
    for _ in range(1000):
        body = ''.join(rng.choice(DIGITS + LETTERS) for _ in range(18))
        yield body + mod_97_10.calc_check_digits(body)
    for _ in range(3000):
        yield ''.join(rng.choice(DIGITS + LETTERS) for _ in range(20))


def url_numbers(rng):
    for _ in range(1000):
        yield 'http://' + '.'.join(str(rng.randrange(260)) for _ in range(4))
        address = ipaddress.IPv6Address(rng.getrandbits(128) & rng.getrandbits(128)
                                        & -(1 << rng.randrange(128)))
        groups = [rng.choice(('0', '', '1', 'ab', 'FFFF', '12345', '1.2.3.4'))
                  for _ in range(rng.randrange(2, 10))]
        yield 'http://[%s]' % rng.choice((address.compressed, address.exploded.upper()))
        yield 'http://[%s]' % ':'.join(groups)


GENERATORS = {
    'uscc': uscc_numbers,
    'orcid': orcid_numbers,
    'ror': ror_numbers,
    'lei': lei_numbers,
    'vat': vat_numbers,
    'url': url_numbers,
}


def damage(rng, kind, value):
    start = {'vat': 2, 'url': len('http://')}.get(kind, 0)
    at = rng.randrange(start, len(value))
    alphabet = {'ror': ROR, 'url': '0123456789abcdef.', 'orcid': DIGITS + 'X'}.get(
        kind, DIGITS + LETTERS)
    c = rng.choice(alphabet)
    return rng.choice((
        value[:at] + c + value[at + 1:],
        value[:at] + c + value[at:],
        value[:at] + value[at + 1:],
        value[:at] + value[at + 1:at + 2] + value[at] + value[at + 2:],
    ))


def judge(kind, value):
    """What the oracle makes of `value`: the exception and the canonical form."""
    try:
        return None, ORACLES[kind](value)
    except (ValidationError, ValueError) as error:
        # ipaddress raises ValueError; python-stdnum does for some texts that are too short.
        return error, ''


def main():
    program = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    rng = random.Random(seed)

    cases = []
    for kind, numbers in GENERATORS.items():
        for value in numbers(rng):
            cases.append((kind, value))
            if kind != 'vat' or judge(kind, value)[0] is None:
                cases.append((kind, damage(rng, kind, value)))

    text = ''.join('%s\t%s\n' % case for case in cases)
    answers = subprocess.run([program], input=text, capture_output=True, text=True, check=True)
    lines = answers.stdout.splitlines()
    if len(lines) != len(cases):
        sys.exit('%d answers to %d questions' % (len(lines), len(cases)))

    explained = {reason: 0 for _, reason, _ in DIFFERENCES}
    totals = {kind: [0, 0] for kind in GENERATORS}
    right_of_country = dict.fromkeys(VAT, 0)
    failures = []
    for (kind, value), line in zip(cases, lines):
        ours = tuple(line.split('\t'))
        theirs, canonical = judge(kind, value)
        totals[kind][theirs is None] += 1
        if kind == 'vat' and ours[0] == 'valid':
            right_of_country[value[:2]] += 1
        agree = (ours[0] == 'valid') == (theirs is None)
        if agree and (theirs is not None or ours[2] == canonical):
            if ours[0] != 'warning':
                continue
        for of_kind, reason, explains in DIFFERENCES:
            if of_kind == kind and explains(value, theirs, ours):
                explained[reason] += 1
                break
        else:
            failures.append('%s %s: %s, but stdnum: %r %s' % (kind, value, ours, theirs, canonical))

    for kind, (wrong, right) in totals.items():
        print('%-6s %6d right, %6d wrong' % (kind, right, wrong))
    for reason, count in explained.items():
        print('%6d times: %s' % (count, reason))
        if count == 0:
            failures.append('never seen: ' + reason)
    for kind, (wrong, right) in totals.items():
        if min(wrong, right) < 500:
            failures.append('too few numbers of ' + kind)
    failures += ['too few right numbers of ' + country
                 for country, right in right_of_country.items() if right < 10]
    print('seed %d, python-stdnum %s: %d cases, %d failures'
          % (seed, stdnum.__version__, len(cases), len(failures)))
    print('\n'.join(failures[:50]))
    sys.exit(1 if failures else 0)


main()
