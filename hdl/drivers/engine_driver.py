"""Talks to a GEMM engine behind a UART or an SPI port. Needs nothing but Python 3; see hosts.md for the bytes.

    from engine_driver import Engine, SerialPort
    engine = Engine(SerialPort("/dev/ttyUSB1", 1000000), facts)      # facts: engine.json
    engine.connect()
    c = engine.multiply(program, a, b)                               # program: program.json; a, b, c row-major

Words are sent only on credit, so the engine never has to drop one.
"""
import os
import select
import socket
import struct
import time

IDLE, COMMANDS, BEATS, DESCRIBE, RESET, IDENTIFY, STATUS, RESULT = range(8)
COMMAND_CREDIT, BEAT_CREDIT, LAST_CREDIT = 0x40, 0x80, 0xC0
VERSION, COMMAND_BYTES, LONGEST_FRAME = 1, 8, 63


class EngineError(Exception):
    """The engine answered something that it must not, or not at all."""


class SerialPort:
    """A serial port, 8N1: through pyserial where it is installed, else through the terminal interface of the system."""

    def __init__(self, path, baud):
        try:
            import serial
        except ImportError:
            serial = None
        if serial:
            self._port = serial.Serial(path, baud, timeout=0)
            self._file = None
            self.write = self._port.write
        else:
            import termios
            import tty
            self._file = os.open(path, os.O_RDWR | os.O_NOCTTY)
            tty.setraw(self._file)
            attributes = termios.tcgetattr(self._file)
            speed = getattr(termios, "B%d" % baud, None)
            if speed is None:
                raise EngineError("this system has no rate of %d baud without pyserial" % baud)
            attributes[4] = attributes[5] = speed
            termios.tcsetattr(self._file, termios.TCSANOW, attributes)
            self.write = self._write_all

    def _write_all(self, data):
        while data:
            data = data[os.write(self._file, data):]

    def read(self, timeout):
        """At least one byte, or none after so many seconds."""
        if self._file is None:
            self._port.timeout = timeout
            first = self._port.read(1)
            return first + self._port.read(self._port.in_waiting) if first else first
        ready, _, _ = select.select([self._file], [], [], timeout)
        return os.read(self._file, 4096) if ready else b""


class SocketPort:
    """A board behind a socket: a path, or (host, port)."""

    def __init__(self, address):
        self._socket = socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET)
        self._socket.connect(address)
        self.write = self._socket.sendall

    def read(self, timeout):
        self._socket.settimeout(timeout)
        try:
            return self._socket.recv(4096)
        except socket.timeout:
            return b""


class SpiPort:
    """An SPI master, mode 0: any object with transfer(bytes) -> bytes, such as pyftdi's or spidev's xfer2."""

    def __init__(self, transfer):
        self._transfer = transfer
        self._received = b""

    def write(self, data):
        self._received += bytes(self._transfer(data))

    def read(self, timeout):
        received, self._received = self._received, b""
        return received or bytes(self._transfer(bytes(32)))


class Engine:
    def __init__(self, port, facts, timeout=5.0):
        self._port, self._facts, self._timeout = port, facts, timeout
        self._buffer, self._at = b"", 0

    def connect(self):
        """Brings the engine to a known state, whatever happened before, and makes sure that it is the expected one."""
        # Zeros end any message that was begun; then the engine starts anew and is silent.
        self._port.write(bytes(2 + LONGEST_FRAME * max(COMMAND_BYTES, self._facts["beat_bytes"])) + bytes([RESET]))
        time.sleep(0.02)
        while any(self._port.read(0.1)):
            pass
        self._buffer, self._at = b"", 0
        described = self._ask(DESCRIBE)
        expected = bytes([VERSION, self._facts["beat_bytes"] & 0xFF, self._facts["command_depth"], self._facts["beat_depth"]])
        if described != expected:
            raise EngineError("the engine says %s, expected is %s: another design, or a wrong baud rate"
                              % (described.hex(), expected.hex()))
        identity = struct.unpack("<I", self._ask(IDENTIFY))[0]
        if identity != int(self._facts["identity"], 16):
            raise EngineError("the engine is %08x, expected is %s" % (identity, self._facts["identity"]))

    def errors(self):
        """Errors since the last reset: 1 overrun, 2 framing, 4 unknown byte; 0 for none."""
        return self._ask(STATUS)[0]

    def multiply(self, program, a, b):
        """C[M,N] = A[M,K] x B[K,N], row-major lists of integers."""
        m, k, n = program["m"], program["k"], program["n"]
        if len(a) != m * k or len(b) != k * n:
            raise ValueError("A and B must have %d and %d elements" % (m * k, k * n))
        commands = [int(c, 16) for c in program["commands"]]
        results = self.run(commands, self._pack(program["gather"], a, b), len(program["scatter"]))
        c = [0] * (m * n)
        for place, result in zip(program["scatter"], results):
            c[place] = result
        return c

    def run(self, commands, beats, count):
        """Sends commands and the bytes of all beats; returns so many results in the order in which they came."""
        size, depths = self._facts["beat_bytes"], (self._facts["command_depth"], self._facts["beat_depth"])
        results, command, beat, beat_count = [], 0, 0, len(beats) // size
        command_credit, beat_credit = depths
        # All credits have to be back at the end, so that the next run may start with all of them.
        while (len(results) < count or command < len(commands) or beat < beat_count
               or (command_credit, beat_credit) != depths):
            words = min(len(commands) - command, command_credit)
            if words:
                self._port.write(bytes([COMMANDS, words])
                                 + b"".join(struct.pack("<Q", c) for c in commands[command:command + words]))
                command, command_credit = command + words, command_credit - words
            words = min(beat_count - beat, beat_credit)
            if words:
                self._port.write(bytes([BEATS, words]) + beats[beat * size:(beat + words) * size])
                beat, beat_credit = beat + words, beat_credit - words
            code = self._next_code()
            if code == RESULT and len(results) < count:
                results.append(struct.unpack("<i", self._take(4))[0])
            elif COMMAND_CREDIT <= code < BEAT_CREDIT:
                command_credit += code & 0x3F
            elif BEAT_CREDIT <= code < LAST_CREDIT:
                beat_credit += code & 0x3F
            else:
                raise EngineError("the engine sent %02x after %d of %d results" % (code, len(results), count))
        return results

    def _pack(self, gather, a, b):
        lanes, size = self._facts["beat_lanes"], self._facts["beat_bytes"]
        beats = bytearray()
        for first in range(0, len(gather), lanes):
            beat = 0
            for lane, source in enumerate(gather[first:first + lanes]):
                if source == 0:
                    continue
                value, bits = (a[source - 1], self._facts["input_bits"]) if source > 0 else (b[-source - 1], self._facts["weight_bits"])
                if not -(1 << (bits - 1)) <= value < 1 << (bits - 1):
                    raise ValueError("%d does not fit the engine's %d-bit operands" % (value, bits))
                beat |= (value & ((1 << bits) - 1)) << (lane * bits)
            beats += beat.to_bytes(size, "little")
        return bytes(beats)

    def _ask(self, code):
        self._port.write(bytes([code]))
        answer = self._next_code()
        if answer != code:
            raise EngineError("the engine answered %02x to %02x" % (answer, code))
        return self._take(4)

    def _next_code(self):
        # SPI gives zeros while the engine has nothing to say.
        until = time.monotonic() + self._timeout
        while time.monotonic() < until:
            code = self._take(1)[0]
            if code != IDLE:
                return code
        raise EngineError("the engine was silent for %g s" % self._timeout)

    def _take(self, count):
        while len(self._buffer) - self._at < count:
            more = self._port.read(self._timeout)
            if not more:
                raise EngineError("the engine does not answer: wrong port, wrong baud rate, or no bitstream")
            self._buffer, self._at = self._buffer[self._at:] + more, 0
        taken = self._buffer[self._at:self._at + count]
        self._at += count
        return taken
