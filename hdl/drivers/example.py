"""Runs the folder's test vectors on the board: python3 example.py /dev/ttyUSB1 (or COM5; unix:PATH for a simulated board)."""
import json
import os
import sys

from engine_driver import Engine, EngineError, SerialPort, SocketPort

HERE = os.path.dirname(os.path.abspath(__file__))


def load(name):
    with open(os.path.join(HERE, name)) as file:
        return json.load(file)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    facts, path = load("engine.json"), sys.argv[1]
    port = SocketPort(path[5:]) if path.startswith("unix:") else SerialPort(path, facts["baud"])
    engine = Engine(port, facts)
    try:
        engine.connect()
        c = engine.multiply(load("program.json"), load("vectors/a.json"), load("vectors/b.json"))
        errors = engine.errors()
    except EngineError as error:
        sys.exit("error: %s" % error)
    expected = load("vectors/c.json")
    wrong = sum(1 for found, wanted in zip(c, expected) if found != wanted)
    print("%d results, %d wrong, errors %d" % (len(c), wrong, errors))
    return 1 if wrong or errors else 0


if __name__ == "__main__":
    sys.exit(main())
