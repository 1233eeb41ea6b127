"""The single-server queue of the benchmark in SimPy: arrival rate 0.9, service rate 1, first come first served.

The leanest usual form: two processes and a store between them. Needs the Debian package python3-simpy3 (or SimPy 3
and later from elsewhere).
usage: mm1_simpy.py CUSTOMERS [SEED]
Prints lines of a name and a number; exits with 3 when SimPy is not installed.
"""
import random
import sys
import time

try:
    import simpy
except ImportError:
    print("SimPy is not installed (Debian package python3-simpy3)", file=sys.stderr)
    sys.exit(3)

ARRIVAL_RATE = 0.9
SERVICE_RATE = 1.0


def arrive(environment, line, customers, draw):
    for _ in range(customers):
        yield environment.timeout(draw(ARRIVAL_RATE))
        line.put(environment.now)


def serve(environment, line, customers, draw, waits):
    total = 0.0
    for _ in range(customers):
        arrived = yield line.get()
        total += environment.now - arrived
        yield environment.timeout(draw(SERVICE_RATE))
    waits.append(total / customers)


def main():
    customers = int(sys.argv[1])
    draw = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1).expovariate
    environment = simpy.Environment()
    line = simpy.Store(environment)
    waits = []
    environment.process(arrive(environment, line, customers, draw))
    environment.process(serve(environment, line, customers, draw, waits))
    start = time.process_time()
    environment.run()
    seconds = time.process_time() - start
    print("customers", customers)
    print("seconds", seconds)
    print("mean_wait", waits[0])


main()
