"""How long somebody at the desk waits who moves the slider of the state's budget: for the first numbers, and until the difference of a
place's release is known to ±30 days (95 %), on the same worlds.

usage: slider.py PROGRAM SCENARIO [PLACE [QUESTIONS [SECONDS [PROCESSES]]]]
A question is asked when the one before has both or its SECONDS (60) are over; each differs from all before, so that nothing of it is known.
The base has all worlds beforehand, as it has for somebody who has looked at the first answer. Wants a computer that does nothing else.
"""

import json
import random
import re
import subprocess
import sys
import time
import urllib.request

WORLDS, NEAR = 2048, 30
program, scenario = sys.argv[1:3]
place = sys.argv[3] if len(sys.argv) > 3 else "Agdam city"
questions, seconds, processes = (int(word) for word in (sys.argv[4:] + ["20", "60", "2"][len(sys.argv) - 4:])) if len(sys.argv) > 3 else (20, 60, 2)
desk = subprocess.Popen([program, "desk", scenario, "--port", "0", "-n", str(WORLDS), "--processes", str(processes)], stdout=subprocess.PIPE, text=True)
address = re.search(r"http:\S+", desk.stdout.readline())[0]
events = iter(urllib.request.urlopen(f"{address}answers?tab=1", timeout=600))
numbers = random.Random(1)


def ask(number, text):
    body = json.dumps({"levers": [], "yaml": text}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{address}questions?tab=1&number={number}", data=body, method="POST"), timeout=60).read()
    return time.monotonic()


def answers(number):
    """Answers to a question, as they come."""
    event = told_of = None
    for line in events:
        text = line.decode().rstrip("\n")
        if text.startswith("event: "):
            event = text[7:]
        elif text.startswith("id: "):
            told_of = int(text[4:])
        elif text.startswith("data: ") and told_of == number and event in ("answer", "wrong"):
            told = json.loads(text[6:])
            if event == "wrong" or "errors" in told:
                sys.exit(f"refused: {told}")
            yield told


def half_width(told):
    """Days on either side of the difference; None where the place is not compared."""
    table = told["comparison"]["tables"]["place_release"]
    columns = [column[0] for column in table["columns"]]
    row = next(row for row in table["rows"] if row[columns.index("place")] == place)
    low, high = (row[columns.index(name)] for name in ("difference_low", "difference_high"))
    return None if low is None or high is None else (high - low) / 2


def shown(values):
    values = sorted(values)
    return f"{values[len(values) // 2]:.2f} s in the median, {values[min(len(values) - 1, len(values) * 95 // 100)]:.2f} s in 95 of 100"


began = ask(1, "")
for told in answers(1):
    if told["worlds"] == WORLDS:
        break
print(f"{WORLDS} worlds of the base in {time.monotonic() - began:.1f} s")
first, near, worlds = [], [], []
for number in range(2, questions + 2):
    began = ask(number, f"streams: {{State mine action budget: {{factor: {{2027: {1 + numbers.uniform(0.05, 0.6):.4f}}}}}}}\n")
    heard = False
    for told in answers(number):
        now = time.monotonic() - began
        if not heard:
            heard = True
            first.append(now)
        width = half_width(told)
        if width is not None and width <= NEAR:
            near.append(now)
            worlds.append(told["worlds"])
            break
        if now > seconds or told["worlds"] == WORLDS:
            break
desk.terminate()
desk.wait(60)
print(f"first numbers after {shown(first)} ({questions} questions)")
print(f"±{NEAR} days for {place} after {shown(near)}, with {sorted(worlds)[len(worlds) // 2]} worlds in the median" if near else f"±{NEAR} days for {place}: not once in {seconds} s or {WORLDS} worlds")
if near and len(near) < questions:
    print(f"(of {len(near)} questions; {questions - len(near)} did not get there in {seconds} s or {WORLDS} worlds)")
