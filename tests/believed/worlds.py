"""Runs variants of a scenario on the same worlds, each once, and reads their outcomes."""
import concurrent.futures
import hashlib
import os
import pathlib
import re
import subprocess
import threading

import h5py
import numpy

HECTARE = 1e4


class Answer:
    """Outcomes of one variant, a row a world."""

    def __init__(self, path):
        with h5py.File(path) as file:
            if len(file["failed_replication"]):
                raise SystemExit(f"{path}: {len(file['failed_replication'])} worlds broke a law")
            names = {axis: [name.decode() for name in file[axis][:]]
                     for axis in ("place", "ledger", "victim", "item", "fate", "stream", "purpose", "use", "reason", "cause")}
            self.names = names
            self.months = file["month"][:]
            self.years = file["year"][:]
            self.horizon = self.months[-1]
            release = file["place_release_day"][:]
            self.never = numpy.isnan(release)
            self.release = numpy.where(self.never, self.horizon, release)
            self.first_families = file["place_first_return_day"][:]
            ledger = file["ledger_m2"][:] / HECTARE
            at = {name: ledger[:, :, i] for i, name in enumerate(names["ledger"])}
            self.remaining = at.pop("remaining")
            self.released = sum(at.values())
            self.people = file["people_back"][:]
            self.delay = file["place_delay_days"][:]
            self.place_people = file["place_people"][:]
            self.victims = file["victims"][:]
            self.found = file["found"][:]
            self.stream_usd = file["stream_usd"][:]
            self.purpose_usd = file["purpose_spent_usd"][:]
            self.stream_spent = file["stream_spent_usd"][:]
            self.unspent = file["unspent_usd"][:].sum(axis=3)  # by stream and reason

    def month(self, days):
        """The last month that has ended by a day since the start."""
        return int(numpy.searchsorted(self.months, days, side="right")) - 1

    def place(self, name):
        return self.names["place"].index(name)

    def victims_of(self, word):
        return sum(self.victims[:, :, i] for i, name in enumerate(self.names["victim"]) if name.startswith(word))

    def delayed_by(self, cause):
        """Days of each place's wait that are charged to it."""
        return self.delay[:, :, self.names["cause"].index(cause)]

    def clearance_usd(self):
        """What mine action spent, building left out."""
        return sum(self.purpose_usd[:, i, :].sum(axis=1) for i, name in enumerate(self.names["purpose"])
                   if name not in ("building", "victim aid"))


class Worlds:
    """The same worlds under many variants of one base scenario. A variant is text that is laid over the base."""

    def __init__(self, program, base, folder, count):
        self.program, self.base, self.folder, self.count = program, pathlib.Path(base), pathlib.Path(folder), count
        self.at_once = concurrent.futures.ThreadPoolExecutor(os.cpu_count())
        self.asked, self.lock = {}, threading.Lock()

    def lever(self, name):
        """A lever of today laid over the base, which looks back, and pulled two years earlier there."""
        text = (self.base.parent / "levers" / f"{name}.yaml").read_text().replace("../great-return.yaml", str(self.base))
        path = self.folder / f"lever-{name}.yaml"
        path.write_text(re.sub(r"\b20(\d\d)-", lambda year: f"20{int(year[1]) - 2}-", text))
        return path

    def ask(self, overlay="", seed=1, base=None, settings=()):
        """Starts a run, or finds it; its answer is ready when `result()` returns."""
        key = hashlib.sha256(repr((overlay, seed, str(base), settings)).encode()).hexdigest()[:16]
        with self.lock:
            if key not in self.asked:
                self.asked[key] = self.at_once.submit(self._run, key, overlay, seed, base or self.base, settings)
            return self.asked[key]

    def _run(self, key, overlay, seed, base, settings):
        result = self.folder / f"{key}.h5"
        if not result.exists():
            scenario = self.folder / f"{key}.yaml"
            scenario.write_text(f"include: {base}\nname: Variant {key}\nquestion: What does it change?\nsource: a test\n" + overlay)
            words = [self.program, "run", scenario, "-n", self.count, "-s", seed, "-q", "--no-page", "-o", result]
            for setting in settings:
                words += ["--set", setting]
            done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
            if done.returncode != 0:
                result.unlink(missing_ok=True)
                raise SystemExit(f"{overlay}\n{done.stderr}")
        return Answer(result)


def interval(differences):
    """Mean and half width of its 95 % interval."""
    half = 1.96 * differences.std(ddof=1) / len(differences) ** 0.5 if len(differences) > 1 else numpy.inf
    return differences.mean(), half


def trimmed(differences, share=0.05):
    """Mean without that share at each end, and its half width (Tukey and McLaughlin 1963: winsorized variance)."""
    x = numpy.sort(differences)
    cut = int(share * len(x))
    kept = x[cut:len(x) - cut]
    winsorized = numpy.clip(x, kept[0], kept[-1])
    return kept.mean(), 1.96 * winsorized.std(ddof=1) / ((1 - 2 * share) * len(x) ** 0.5)
