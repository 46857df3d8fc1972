"""Payments per second, how long one takes, and what a batch of a hundred thousand takes: read, screened and decided.

    python -m bench.payments HOME [--messages N] [--batch N] [--profile]

HOME holds the lists to screen against. Messages are made with fixed seeds from names of people and companies of the
real name lists, people and companies by turns. Times are of the processor, in one thread.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import json
import os
import pstats
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from bench import machine
from bench.books import DATA, PHRASES, customers, innocents, one_line
from interdiction import payments
from interdiction.engine import Engine, decide
from interdiction.engine.payment import screen_payments

NS = "urn:iso:std:iso:20022:tech:xsd:"
TOWNS = (("London", "GB"), ("Paris", "FR"), ("Hamburg", "DE"), ("Milano", "IT"), ("Chicago", "US"), ("Osaka", "JP"))
STREETS = ("High Street", "Rue de Rivoli", "Hauptstrasse", "Via Roma", "Main Street", "Station Road", "Lindenweg")
BANKS = tuple(f"{a}{b}{country}{place}XXX" for a in ("AB", "CR", "NW") for b in ("NA", "BK") for country, place in
              (("GB", "2L"), ("FR", "PP"), ("DE", "FF"), ("IT", "MM"), ("US", "33")))  # fmt: skip
_COMMAND = "from interdiction.cli import main; main()"
ON = date(2026, 11, 22)


def strangers(count: int) -> list[str]:
    """Give different names in the letters that payment messages carry, of people and of companies by turns."""
    rows = json.loads((DATA / "names" / "company_tickers.json").read_text(encoding="utf-8")).values()
    companies = list(dict.fromkeys(one_line(row["title"]) for row in rows))
    people = customers([name for name in innocents() if name.isascii()], count)
    pairs = zip(people, companies * (1 + count // len(companies)), strict=False)
    return [name for pair in pairs for name in pair][:count]


def party(draw: random.Random, name: str, tag: str) -> str:
    """Give a party with a structured address."""
    town, country = draw.choice(TOWNS)
    return (
        f"<{tag}><Nm>{escape(name)}</Nm><PstlAdr><StrtNm>{draw.choice(STREETS)}</StrtNm><BldgNb>{draw.randint(1, 200)}"
        f"</BldgNb><PstCd>{draw.randint(10000, 99999)}</PstCd><TwnNm>{town}</TwnNm><Ctry>{country}</Ctry>"
        f"</PstlAdr></{tag}>"
    )


def agent(draw: random.Random, tag: str) -> str:
    """Give a bank by its code."""
    return f"<{tag}><FinInstnId><BICFI>{draw.choice(BANKS)}</BICFI></FinInstnId></{tag}>"


def account(draw: random.Random, tag: str) -> str:
    """Give an account."""
    return f"<{tag}><Id><Othr><Id>{draw.randint(10**9, 10**12)}</Id></Othr></Id></{tag}>"


def text(draw: random.Random) -> str:
    """Give a remittance line."""
    return f"<RmtInf><Ustrd>{draw.choice(PHRASES)} {draw.randint(1000, 99999)}</Ustrd></RmtInf>"


def messages(count: int, names: list[str]) -> Iterator[bytes]:
    """Give pacs.008 messages with a header; no name comes twice."""
    draw = random.Random(8)
    for at in range(count):
        debtor, creditor = names[2 * at], names[2 * at + 1]
        yield (
            f'<Envelope xmlns="urn:swift:xsd:envelope"><AppHdr xmlns="{NS}head.001.001.02">'
            f"<Fr><FIId><FinInstnId><BICFI>{draw.choice(BANKS)}</BICFI></FinInstnId></FIId></Fr>"
            f"<To><FIId><FinInstnId><BICFI>{draw.choice(BANKS)}</BICFI></FinInstnId></FIId></To>"
            f"<BizMsgIdr>B{at}</BizMsgIdr><MsgDefIdr>pacs.008.001.08</MsgDefIdr><BizSvc>swift.cbprplus.03</BizSvc>"
            f"<CreDt>2026-11-22T09:00:00+01:00</CreDt></AppHdr>"
            f'<Document xmlns="{NS}pacs.008.001.08"><FIToFICstmrCdtTrf>'
            f"<GrpHdr><MsgId>M{at}</MsgId><CreDtTm>2026-11-22T09:00:00+01:00</CreDtTm><NbOfTxs>1</NbOfTxs><SttlmInf>"
            "<SttlmMtd>INDA</SttlmMtd></SttlmInf></GrpHdr><CdtTrfTxInf><PmtId>"
            f"<InstrId>I{at}</InstrId><EndToEndId>E{at}</EndToEndId><UETR>{draw.getrandbits(32):08x}-0000-4000-8000-"
            f'{at:012x}</UETR></PmtId><IntrBkSttlmAmt Ccy="EUR">{draw.randint(1, 10**6)}.00</IntrBkSttlmAmt>'
            "<IntrBkSttlmDt>2026-11-22</IntrBkSttlmDt><ChrgBr>SHAR</ChrgBr>"
            f"{agent(draw, 'InstgAgt')}{agent(draw, 'InstdAgt')}"
            f"{party(draw, debtor, 'Dbtr')}{account(draw, 'DbtrAcct')}{agent(draw, 'DbtrAgt')}"
            f"{agent(draw, 'CdtrAgt')}{party(draw, creditor, 'Cdtr')}{account(draw, 'CdtrAcct')}"
            f"{text(draw)}</CdtTrfTxInf></FIToFICstmrCdtTrf></Document></Envelope>"
        ).encode()


def initiation(path: Path, count: int, names: list[str]) -> None:
    """Write a pain.001 of one debtor and many creditors."""
    draw = random.Random(9)
    with path.open("w", encoding="utf-8") as file:
        file.write(
            f'<Document xmlns="{NS}pain.001.001.09"><CstmrCdtTrfInitn><GrpHdr><MsgId>M</MsgId>'
            f"<CreDtTm>2026-11-22T09:00:00</CreDtTm><NbOfTxs>{count}</NbOfTxs>"
            "<InitgPty><Nm>Payroll Services</Nm></InitgPty></GrpHdr>"
            "<PmtInf><PmtInfId>P</PmtInfId><PmtMtd>TRF</PmtMtd><ReqdExctnDt><Dt>2026-11-22</Dt></ReqdExctnDt>"
            f"{party(draw, 'Muster Handels Gesellschaft', 'Dbtr')}{account(draw, 'DbtrAcct')}{agent(draw, 'DbtrAgt')}"
        )
        for at in range(count):
            file.write(
                f"<CdtTrfTxInf><PmtId><EndToEndId>E{at}</EndToEndId></PmtId>"
                f'<Amt><InstdAmt Ccy="EUR">{draw.randint(1, 10**4)}.00</InstdAmt></Amt>{agent(draw, "CdtrAgt")}'
                f"{party(draw, names[at % len(names)], 'Cdtr')}{account(draw, 'CdtrAcct')}{text(draw)}</CdtTrfTxInf>\n"
            )
        file.write("</PmtInf></CstmrCdtTrfInitn></Document>")


def run(home: Path, count: int, *, profile: bool) -> dict[str, object]:
    """Measure messages that come one by one, and some at a time."""
    names = strangers(2 * count)
    raw = list(messages(count, names))
    with Engine.open(home) as engine:
        force, policy = engine.force(), engine.policy
        force.screener.screen([], threads=1)

        def decided(some: list[bytes]) -> int:
            read = [(one, whole.problems) for whole in map(payments.stream, some) for one in whole.payments]
            found = screen_payments(engine, force, [one for one, _ in read], threads=1)
            return sum(
                decide.payment(force, policy, one, on=ON, problems=problems).disposition == "release"
                for one, (_, problems) in zip(found, read, strict=True)
            )

        decided(raw[:20])  # the index of texts is made with the first
        if profile:
            with cProfile.Profile() as profiled:
                decided(raw[:1000])
            pstats.Stats(profiled).sort_stats("tottime").print_stats(35)
        figures: dict[str, object] = {}
        gc.collect()
        begun = time.process_time()
        released = sum(decided(raw[at : at + 100]) for at in range(0, count, 100))
        figures["pacs.008 a second, a hundred at a time"] = round(count / (time.process_time() - begun))
        figures["released"] = released / count
        begun = time.process_time()
        for one in raw:
            list(payments.stream(one).payments)
        figures["read only, a second"] = round(count / (time.process_time() - begun))
        alone = []
        for one in raw[: min(count, 2000)]:
            begun = time.process_time()
            decided([one])
            alone.append(time.process_time() - begun)
        alone.sort()
        for share in (50, 95, 99):
            figures[f"one at a time, p{share}, ms"] = round(alone[len(alone) * share // 100 - 1] * 1000, 2)
    return figures


def batch(home: Path, count: int) -> dict[str, object]:
    """Measure the command over one large initiation: time and memory of the whole process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "initiation.xml"
        initiation(path, count, strangers(40_000))
        begun = time.monotonic()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-c", _COMMAND, "pay", str(path), "--json", "--home", str(home)],
            stdout=subprocess.DEVNULL,
            check=False,
            env=os.environ,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {
            f"pain.001 of {count:,} transactions, MB of XML": round(path.stat().st_size / 1e6),
            "seconds by the clock": round(time.monotonic() - begun, 1),
            "seconds of the processor": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
            "most memory, MB": round(after.ru_maxrss / 1024),
            "exit code": done.returncode,
        }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.payments", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--batch", type=int, default=100_000)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    if not DATA.is_dir():
        raise SystemExit("nothing to measure on: the real names (../shared/data) are not beside this checkout")
    figures = {**machine.described(), **run(given.home, given.messages, profile=given.profile)}
    if given.batch:
        figures |= batch(given.home, given.batch)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
