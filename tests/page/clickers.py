"""Windows that ask the desk at random, fast and wrongly, for a while, what happens and what to do: it never ends, never answers another
question than the last one that a window asked, says the same again when it is asked the same, leaves nothing behind, and its memory and
its open files stay level.

usage: clickers.py PROGRAM SCENARIO [SECONDS [WINDOWS [WORLDS]]]
Prints what was asked, how long a window waited for the first answer to a question that it left standing, and which questions of what to do
were answered.
"""

import collections
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

program, scenario = sys.argv[1:3]
seconds, windows, worlds = (int(word) for word in (sys.argv[3:] + ["600", "50", "256"][len(sys.argv) - 3:]))
RULES = ["worst_first", "nearest_release"]
WRONG = ["planing: 1\n", "a: [\n", "\0", "include: [/etc/passwd]\n", "planning: {rule: worst_frst}\n"]
LEVERS = {"worst-first": "planning: {rule: worst_first}", "more-money": "streams: {State mine action budget: {factor: {2023: 1.5}}}"}
AIM = "land by 2024-12-31"
SIGNPOSTS = "signposts: {{Rule 1: {{on: 2022-06-30, released_share_below: {share} %, stream: 'State mine action budget', times: 1.5}}}}\n"
# Of each kind: its options, of which one holds a number by which an answer is known again, and the rest of the question.
RIGHT = {
    "pledge": lambda n: ({"amount": f"{n} MUSD", "years": "2023-2024", "name": "The gift", "tied": True, "replications": 20}, {}),
    "target": lambda n: ({"by": "p(Aghali by 2023-12-31) >= 60 %", "money": "State mine action budget", "from": 2022, "replications": 20 + n}, {}),
    "discover": lambda n: ({"bad": "land by 2023-12-31 < 25", "replications": 100 + n}, {}),
    "rank": lambda n: ({"for": AIM, "indifference": f"{n}", "most": 20, "batch": 20}, {"against": list(LEVERS)}),
    "worth": lambda n: ({"for": AIM, "replications": 50 + n}, {"against": list(LEVERS)[:1]}),
    "allocate": lambda n: ({"budget": f"{n} MUSD/year", "choose": "years", "aim": AIM, "from": 2022, "replications": 10}, {}),
    "adapt": lambda n: ({"for": AIM, "replications": 20 + n}, {"more": SIGNPOSTS.format(share=15)}),
}
# What is refused at once, and what the command itself refuses.
REFUSED = [("pledge", {"amount": "1 MUSD", "csv": "/tmp/stolen"}, {}), ("rank", {"for": AIM}, {"against": []}), ("run", {}, {}), ("worth", {"for": AIM}, {"against": ["../quick"]}),
           ("discover", {"bad": "land by 2023-12-31 < 25", "replications": 10}, {}), ("target", {"by": "p(Nowhere by 2023-12-31) >= 60 %", "money": "State mine action budget", "replications": 20}, {})]

temporary, levers = tempfile.mkdtemp(prefix="homeward-clickers-"), tempfile.mkdtemp(prefix="homeward-levers-")
for name, text in LEVERS.items():
    pathlib.Path(levers, f"{name}.yaml").write_text(f"name: {name}\nsource: a test\n{text}\n", encoding="ascii")
desk = subprocess.Popen([program, "desk", scenario, "--port", "0", "-n", str(worlds), "--levers", levers], stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": temporary})
address = re.search(r"http:\S+", desk.stdout.readline())[0]
end = time.time() + seconds
lock = threading.Lock()
troubles, waits = [], []
counts, decided = collections.Counter(), collections.Counter()
said_before = {}  # of a question of what to do: its answer


def memory_of(process):
    status = pathlib.Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


def children_of(process):
    return [int(child) for child in pathlib.Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()]


def is_same_program(one, other):
    try:
        return pathlib.Path(f"/proc/{one}/cmdline").read_bytes() == pathlib.Path(f"/proc/{other}/cmdline").read_bytes()
    except OSError:
        return False


def measure():
    """Kilobytes and open files of server, engine, and the processes that simulate; what a decision runs comes and goes."""
    engine = children_of(desk.pid)[0]
    all_of_them = [desk.pid, engine] + [child for child in children_of(engine) if is_same_program(child, engine)]
    return sum(map(memory_of, all_of_them)), sum(len(os.listdir(f"/proc/{process}/fd")) for process in all_of_them)


def post(path, tab, number, body):
    urllib.request.urlopen(urllib.request.Request(f"{address}{path}?tab={tab}&number={number}", data=body.encode(), method="POST"), timeout=60).read()


class Window:
    def __init__(self, number):
        self.random, self.tab = random.Random(number), f"{number + 1:x}"
        self.number, self.rule, self.is_wrong, self.asked_at, self.heard = 0, None, False, 0.0, False
        self.decision, self.decides, self.is_refused, self.mark = 0, None, False, ""

    def ask(self):
        kind = self.random.random()
        with lock:
            self.rule = self.random.choice(RULES) if kind < 0.4 else None
            self.is_wrong = kind > 0.8
            self.number, self.asked_at, self.heard = self.number + 1, time.time(), False
            counts["questions"] += 1
            money = f"streams: {{State mine action budget: {{factor: {{2024: {self.random.uniform(0.2, 3):.2f}}}}}}}\n" if self.random.random() < 0.7 else ""
            text = f"planning: {{rule: {self.rule}}}\n{money}" if self.rule else self.random.choice(WRONG) if self.is_wrong else money
            number = self.number
        post("questions", self.tab, number, json.dumps({"levers": [], "yaml": text}))

    def decide(self):
        """Of few questions, so that windows meet in one; now and then of one that nobody has asked."""
        with lock:
            self.decision += 1
            self.is_refused = self.random.random() < 0.15
            if self.is_refused:
                kind, options, rest = self.random.choice(REFUSED)
            else:
                kind = self.random.choice(list(RIGHT))
                self.mark = str(self.random.choice([1, 2]) if self.random.random() < 0.8 else self.random.randint(3, 60))
                options, rest = RIGHT[kind](int(self.mark))
            rest = dict(rest)
            rule = self.random.choice(RULES)
            text = f"planning: {{rule: {rule}}}\n" + rest.pop("more", "")
            body = json.dumps({"levers": [], "yaml": text, "decide": kind, "options": options, **rest})
            self.decides = (kind, body, options)
            counts["decisions"] += 1
            number = self.decision
        post("decisions", self.tab, number, body)

    def cancel(self):
        with lock:
            self.decision, self.decides = self.decision + 1, None
            counts["cancelled"] += 1
            number = self.decision
        post("cancelled", self.tab, number, "-")

    def judge(self, event, number, told):
        with lock:
            if event == "decision":
                if number == self.decision:
                    self.judge_decision(told)
                return
            if number != self.number or event == "progress":
                return
            if event == "wrong":
                counts["refusals"] += 1
                if not self.is_wrong:
                    troubles.append(f"a right question was refused: {told}")
                return
            counts["answers"] += 1
            if not self.heard:
                self.heard = True
                waits.append(time.time() - self.asked_at)
            if self.is_wrong or "results" not in told:
                troubles.append("a wrong question was answered")
            elif len(told["results"]) > 1:
                rule = next((row[3] for row in told["comparison"]["tables"]["differing_values"]["rows"] if row[1] == "planning.rule"), None)
                if rule != self.rule:
                    troubles.append(f"asked for the rule {self.rule}, answered for {rule}")
            elif self.rule is not None:
                troubles.append(f"asked for the rule {self.rule}, answered for the base")

    def judge_decision(self, told):
        if told["state"] in ("waiting", "running"):
            return
        if self.decides is None:
            troubles.append("what was cancelled was answered")
            return
        kind, body, options = self.decides
        if told["state"] == "wrong":
            crowded = any("too many questions wait" in one["message"] for one in told["errors"])
            counts["turned away" if crowded else "decisions refused"] += 1
            if not self.is_refused and not crowded:
                troubles.append(f"a right question of what to do was refused: {kind} {options}: {told['errors']}")
            return
        answer = told["answers"][0]
        counts["decisions answered"] += 1
        decided[answer["question"]] += 1
        if self.is_refused:
            troubles.append(f"a wrong question of what to do was answered: {body}")
        elif answer["question"] != kind or not all(str(value) in answer["command"] for value in options.values() if value is not True):
            troubles.append(f"asked {kind} {options}, answered {answer['command']}")
        # What it worked on is not the answer: how often it ran says whether earlier results were at hand.
        said = hashlib.sha256(json.dumps({name: sheet["rows"] for name, sheet in answer["tables"].items()}, sort_keys=True).encode()).hexdigest()
        if said_before.setdefault(body, said) != said:
            troubles.append(f"the same question of what to do had two answers: {body}")

    def listen(self):
        event, number = None, 0
        for line in urllib.request.urlopen(f"{address}answers?tab={self.tab}", timeout=60):
            text = line.decode().rstrip("\n")
            if text.startswith("event: "):
                event = text[7:]
            elif text.startswith("id: "):
                number = int(text[4:])
            elif text.startswith("data: "):
                self.judge(event, number, json.loads(text[6:]))
            if time.time() > end:
                return

    def click(self):
        while time.time() < end:
            self.ask()
            time.sleep(self.random.choice([0.05, 0.3, 1, 4, 15, 30]))  # fast, or until there is an answer

    def click_decisions(self):
        while time.time() < end:
            self.decide()
            time.sleep(self.random.choice([0.1, 2, 20, 60]))
            if self.random.random() < 0.3:
                self.cancel()
                time.sleep(self.random.choice([0.1, 5]))


def guarded(work):
    def run():
        try:
            work()
        except Exception as trouble:  # of any kind: a window must never see one
            with lock:
                if time.time() < end:
                    troubles.append(repr(trouble))
    threading.Thread(target=run, daemon=True).start()


for window in [Window(number) for number in range(windows)]:
    guarded(window.listen)
    guarded(window.click)
    guarded(window.click_decisions)
time.sleep(seconds / 3)
early, early_files = measure()
time.sleep(max(0, end - time.time()))
late, late_files = measure()
desk.terminate()
code = desk.wait(60)
waits.sort()
print(f"{counts['questions']} questions of {windows} windows in {seconds} s, {counts['answers']} answers, {counts['refusals']} refused")
if waits:
    print(f"first answers after {waits[len(waits) // 2]:.2f} s in the median, {waits[len(waits) * 95 // 100]:.2f} s in 95 of 100")
print(f"{counts['decisions']} questions of what to do, {counts['cancelled']} cancelled, {counts['decisions answered']} heard answers, {counts['decisions refused']} refused, "
      f"{counts['turned away']} turned away: {', '.join(f'{kind} {decided[kind]}' for kind in RIGHT)}")
print(f"memory of server, engine and those who simulate: {early // 1024} MB after a third of the time, {late // 1024} MB at the end; {early_files} and {late_files} open files")
if code != 0:
    troubles.append(f"the desk ended with {code}")
if late > early * 1.3 + 16 * 1024:
    troubles.append("memory grows")
if late_files > early_files + 8:
    troubles.append("files are left open")
if seconds >= 300:
    troubles += [f"only {counts['answers']} answers were heard"] if counts["answers"] < 2 * windows else []
    troubles += [f"{kind} was never answered" for kind in RIGHT if not decided[kind]]
left = [name for name in os.listdir(temporary) if not name.startswith("ompi.")]  # Open MPI keeps a folder for all programs of a user
if left:
    troubles.append(f"left behind: {left}")
for folder in (temporary, levers):
    shutil.rmtree(folder)
for trouble in sorted(set(troubles)):
    print(f"BROKEN: {trouble}")
sys.exit(1 if troubles else 0)
