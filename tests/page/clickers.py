"""Windows that ask the desk at random, fast and wrongly, for a while: it never ends, never answers another question than
the last one that a window asked, and its memory stays level.

usage: clickers.py PROGRAM SCENARIO [SECONDS [WINDOWS [WORLDS]]]
Prints what was asked, and how long a window waited for the first answer to a question that it left standing.
"""

import json
import pathlib
import random
import re
import subprocess
import sys
import threading
import time
import urllib.request

program, scenario = sys.argv[1:3]
seconds, windows, worlds = (int(word) for word in (sys.argv[3:] + ["600", "50", "256"][len(sys.argv) - 3:]))
RULES = ["worst_first", "nearest_release"]
WRONG = ["planing: 1\n", "a: [\n", "\0", "include: [/etc/passwd]\n", "planning: {rule: worst_frst}\n"]

desk = subprocess.Popen([program, "desk", scenario, "--port", "0", "-n", str(worlds)], stdout=subprocess.PIPE, text=True)
address = re.search(r"http:\S+", desk.stdout.readline())[0]
end = time.time() + seconds
lock = threading.Lock()
troubles, waits, counts = [], [], {"questions": 0, "answers": 0, "refusals": 0}


def memory_of(process):
    status = pathlib.Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


def engine_of(process):
    return int(pathlib.Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()[0])


class Window:
    def __init__(self, number):
        self.random, self.tab = random.Random(number), f"{number + 1:x}"
        self.number, self.rule, self.is_wrong, self.asked_at, self.heard = 0, None, False, 0.0, False

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
        body = json.dumps({"levers": [], "yaml": text}).encode()
        urllib.request.urlopen(urllib.request.Request(f"{address}questions?tab={self.tab}&number={number}", data=body, method="POST"), timeout=60).read()

    def judge(self, event, number, told):
        with lock:
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
            said = told["results"][1]["scenario"] if len(told.get("results", [])) > 1 else ""
            rule = re.search(r"rule: *\{?(?:value: *)?(\w+)", said)
            if self.is_wrong or "results" not in told:
                troubles.append("a wrong question was answered")
            elif self.rule is not None and said and rule[1] != self.rule:
                troubles.append(f"asked for {self.rule}, answered for {rule[1]}")

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
            time.sleep(self.random.choice([0.05, 0.3, 1, 4]))


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
time.sleep(seconds / 3)
early = memory_of(desk.pid) + memory_of(engine_of(desk.pid))
time.sleep(max(0, end - time.time()))
late = memory_of(desk.pid) + memory_of(engine_of(desk.pid))
desk.terminate()
code = desk.wait(60)
waits.sort()
print(f"{counts['questions']} questions of {windows} windows in {seconds} s, {counts['answers']} answers, {counts['refusals']} refused")
if waits:
    print(f"first answers after {waits[len(waits) // 2]:.2f} s in the median, {waits[len(waits) * 95 // 100]:.2f} s in 95 of 100")
print(f"memory of server and engine: {early // 1024} MB after a third of the time, {late // 1024} MB at the end")
if code != 0:
    troubles.append(f"the desk ended with {code}")
if late > early * 1.3 + 16 * 1024:
    troubles.append("memory grows")
for trouble in sorted(set(troubles)):
    print(f"BROKEN: {trouble}")
sys.exit(1 if troubles else 0)
