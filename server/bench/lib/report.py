"""The report of a run: a table in Markdown and a plot."""

import datetime
import os
import platform
import statistics
import subprocess

from data import USERS
from measuring import CONNECTIONS
from processes import ROOT


class Report:
    def __init__(self, bench):
        self.bench = bench
        self.samples = bench.samples

    def median(self, measure, who, what):
        results = self.samples.get((measure, who))
        return statistics.median(result[what] for result in results) if results else None

    def ratio(self, measure, who, other, what="rate"):
        """The median of the rounds' ratios: what a round has in common cancels out."""
        mine, others = self.samples.get((measure, who)), self.samples.get((measure, other))
        if not mine or not others:
            return None
        return statistics.median(a[what] / b[what] for a, b in zip(mine, others))

    def targets(self):
        """(measure, target, value, text); a value of None was not measured."""
        b = self.bench
        rows = []

        def least(name, target, value, unit="×"):
            rows.append((name, f"≥ {target} {unit}", value, value is not None and value >= target, "{:.2f}".format))

        def most(name, target, value, form="{:.2f}", unit="×"):
            rows.append((name, f"≤ {target} {unit}", value, value is not None and value <= target, form.format))

        least("issue, API key + identifier, H2", 0.85, self.ratio("issue-h2", "ours-h2", "bare"), "× bare Jersey")
        least("issue, partner JWT + user JWT, H2", 0.88, self.ratio("issue-jwt", "ours-h2", "bare"), "× bare Jersey")
        least("issue on PostgreSQL", 0.80, self.ratio("issue-pg", "ours-pg", "bare"), "× bare Jersey")
        least("the same", 5, self.ratio("issue-pg", "ours-pg", "peer-pg"), "× Spring peer on PostgreSQL")
        least("error answers, all codes mixed", 0.80, self.ratio("errors", "ours-h2", "bare"), "× bare Jersey")
        for name in sorted({name for name, _ in self.samples if name.startswith("errors-")}):
            least("error answer " + name[7:], 0.80, self.ratio(name, "ours-h2", "bare"), "× bare Jersey")
        least("redeem on PostgreSQL, fsync on", 1.8, self.ratio("redeem-pg", "ours-pg", "peer-pg"), "× Spring peer's")
        most("p99 of issue, H2", 1.5, self.ratio("issue-h2", "ours-h2", "bare", "p99"), unit="× bare Jersey's")
        most("p99 of issue, PostgreSQL", 1.5, self.ratio("issue-pg", "ours-pg", "bare", "p99"), unit="× bare Jersey's")
        least(f"growth: 1,000 → {b.options.growth:,} users, PostgreSQL", 0.9,
              self.ratio("growth", "ours-pg-large", "ours-pg-small"), "× the throughput")
        start = {name: statistics.median(times) for name, times in b.starts.items() if times}
        mine = start.get("ours-h2")
        most("start to first 200", 1.2, mine - start["bare"] if mine else None, unit="s + bare Jersey's")
        for database, name in ("h2", "H2"), ("pg", "PostgreSQL"):
            memory = b.memory.get(f"ours-{database}")
            most(f"RSS after the run, {name}", 400, memory and memory / 2**20, "{:.0f}", "MB")
        most("storage per issued, unredeemed token, PostgreSQL", 0, b.storage.get("ours-pg"), "{:.0f}", "bytes")
        return rows

    def markdown(self):
        b, options = self.bench, self.bench.options
        java = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()[0]
        model = next((line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if "model name" in line), "")
        commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
        others = statistics.mean(result["others"] for results in self.samples.values() for result in results)
        lines = [f"Measured on {datetime.date.today()}, commit {commit.stdout.strip() or 'unknown'}: "
                 f"{os.cpu_count()} cores ({model or platform.machine()}), Linux {platform.release()}, {java}"
                 + (f", PostgreSQL {b.postgres.version()}" if b.postgres else "")
                 + f". {options.rounds} interleaved rounds of {options.seconds} s, {CONNECTIONS} connections, "
                 f"{USERS:,} users, the load generator on the same machine; the service's log on, to a file. "
                 f"Java options: {' '.join(b.java[1:]) or 'none'}. "
                 f"Other processes took {others:.0%} of the machine"
                 + (", so read the ratios with care, and run it again on a quiet machine." if others > 0.1 else "."), ""]
        if "peer-h2" not in b.subjects:
            lines += ["**The Spring peer was left out** (no `--peer`).", ""]
        if not b.postgres:
            lines += ["**PostgreSQL was left out** (no binaries found, see `--postgres`).", ""]
        lines += ["| measure | target | measured | |", "|---|---|---|---|"]
        for name, target, value, met, form in self.targets():
            lines.append(f"| {name} | {target} | " + ("not measured | |" if value is None
                                                     else f"{form(value)} | {'met' if met else '**missed**'} |"))
        lines += ["", "| measure | service | requests/s | p50 ms | p99 ms | p99.9 ms | CPU µs/request | the database's |",
                  "|---|---|---|---|---|---|---|---|"]
        for measure, who in self.samples:
            value = lambda what: self.median(measure, who, what)
            database = f"{value('database'):.0f}" if "pg" in who else ""
            lines.append(f"| {measure} | {who} | {value('rate'):,.0f} | {value('p50') / 1000:.2f} | "
                         f"{value('p99') / 1000:.2f} | {value('p999') / 1000:.2f} | {value('cpu'):.0f} | {database} |")
        lines += ["", "| service | start to first 200, s | RSS, MB | archive, MB | bytes per issued token |",
                  "|---|---|---|---|---|"]
        for who, subject in b.subjects.items():
            started = f"{statistics.median(b.starts[who]):.2f}" if b.starts.get(who) else ""
            stored = f"{b.storage[who]:.0f}" if who in b.storage else ""
            lines.append(f"| {who} | {started} | {b.memory[who] / 2**20:.0f} | {subject.size() / 2**20:.1f} | {stored} |")
        return "\n".join(lines) + "\n"

    def svg(self):
        """Bars: one panel for each figure, one group for each measure."""
        colours = {"bare": "#7a8699", "ours": "#2457d6", "peer": "#6db33f"}
        measures = list(dict.fromkeys(name for name, _ in self.samples if not name.startswith("errors-")))
        panels = [("requests per second", "rate", 1), ("p50, ms", "p50", 1000), ("p99, ms", "p99", 1000),
                  ("p99.9, ms", "p999", 1000), ("CPU per request, µs (without the database's)", "cpu", 1)]
        width, height, left = 900, 190, 20
        parts = []
        for index, (title, what, unit) in enumerate(panels):
            top = 40 + index * height
            bars = [(name, who, self.median(name, who, what) / unit)
                    for name in measures for measure, who in self.samples if measure == name]
            highest = max(value for _, _, value in bars) or 1
            step = (width - 2 * left) / (len(bars) + len(measures))
            parts.append(f'<text x="{left}" y="{top}" font-weight="bold">{title}</text>')
            x = left
            for name in measures:
                group = [(who, value) for measure, who, value in bars if measure == name]
                parts.append(f'<text x="{x + step * len(group) / 2:.0f}" y="{top + 160}" '
                             f'text-anchor="middle">{name}</text>')
                for who, value in group:
                    tall = max(1, value / highest * 110)
                    text = f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
                    parts.append(f'<rect x="{x:.0f}" y="{top + 142 - tall:.0f}" width="{step - 6:.0f}" '
                                 f'height="{tall:.0f}" fill="{colours[who.partition("-")[0]]}"><title>{who}</title></rect>')
                    parts.append(f'<text x="{x + step / 2 - 3:.0f}" y="{top + 138 - tall:.0f}" font-size="10" '
                                 f'text-anchor="middle">{text}</text>')
                    x += step
                x += step
        total = 40 + len(panels) * height
        legend = "".join(f'<rect x="{left + 150 * i}" y="10" width="12" height="12" fill="{colour}"/>'
                         f'<text x="{left + 150 * i + 18}" y="20">{text}</text>'
                         for i, (text, colour) in enumerate(zip(("bare Jersey", "login-token", "Spring peer"),
                                                                colours.values())))
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {total}" width="{width}" '
                f'height="{total}" font-family="sans-serif" font-size="12">'
                f'<rect width="100%" height="100%" fill="white"/>{legend}{"".join(parts)}</svg>\n')
