namespace HwSeed.Drivers;

/// <summary>What a host has to know of an engine behind a serial port.</summary>
/// <param name="BeatBytes">Bytes of an input beat.</param>
/// <param name="BeatLanes">Operands in an input beat, the first at the lowest bits.</param>
/// <param name="InputBits">Bits of an element of A.</param>
/// <param name="WeightBits">Bits of an element of B.</param>
/// <param name="CommandDepth">Commands that may be under way.</param>
/// <param name="BeatDepth">Input beats that may be under way.</param>
/// <param name="Identity">What the engine answers when it is asked which one it is.</param>
public sealed record EngineFacts(
    int BeatBytes, int BeatLanes, int InputBits, int WeightBits, int CommandDepth, int BeatDepth, uint Identity);

/// <summary>C[M,N] = A[M,K] x B[K,N] as the engine's commands, and where operands and results stand in its streams.</summary>
/// <param name="M">Rows of A and C.</param>
/// <param name="K">Columns of A, rows of B.</param>
/// <param name="N">Columns of B and C.</param>
/// <param name="Commands">The command stream.</param>
/// <param name="Gather">For each lane of each input beat: 0 for a zero, i + 1 for A[i], -(i + 1) for B[i] (row-major).</param>
/// <param name="Scatter">For each result in the order in which they come, its place in C (row-major).</param>
public sealed record EngineProgram(int M, int K, int N, ulong[] Commands, int[] Gather, int[] Scatter);

/// <summary>The engine answered something that it must not, or not at all.</summary>
public sealed class EngineException(string message) : IOException(message);

/// <summary>
/// Talks to an engine over any stream of bytes: a serial port, or an SPI transfer seen as a stream. Words are sent only
/// on credit, so the engine never has to drop one. The protocol is described in hosts.md.
/// </summary>
/// <param name="port">Open, without line discipline. A read waits for at least one byte, up to a limit of its own.</param>
/// <param name="facts">The engine that is expected there.</param>
public sealed class EngineDriver(Stream port, EngineFacts facts)
{
    private const int Idle = 0x00, CommandsCode = 0x01, BeatsCode = 0x02, DescribeCode = 0x03, ResetCode = 0x04;
    private const int IdentifyCode = 0x05, StatusCode = 0x06, ResultCode = 0x07, CommandCredit = 0x40, BeatCredit = 0x80;
    private const int Version = 1, CommandBytes = 8, LongestFrame = 63;

    private readonly byte[] _buffer = new byte[4096];
    private int _at;
    private int _end;

    /// <summary>How long the engine may be silent while something is awaited.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Brings the engine to a known state, whatever happened before, and makes sure that it is the expected one.</summary>
    public void Connect()
    {
        // Zeros end any message that was begun; then the engine starts anew and is silent.
        port.Write(new byte[2 + (LongestFrame * Math.Max(CommandBytes, facts.BeatBytes))]);
        port.Write([ResetCode]);
        port.Flush();
        Thread.Sleep(20);
        Drain();
        var description = Ask(DescribeCode);
        byte[] expected = [Version, (byte)facts.BeatBytes, (byte)facts.CommandDepth, (byte)facts.BeatDepth];
        if (!description.AsSpan().SequenceEqual(expected))
        {
            throw new EngineException(
                $"the engine says {Convert.ToHexString(description)}, expected is {Convert.ToHexString(expected)}: another design, or a wrong baud rate");
        }

        var identity = BitConverter.ToUInt32(Ask(IdentifyCode));
        if (identity != facts.Identity)
        {
            throw new EngineException($"the engine is {identity:x8}, expected is {facts.Identity:x8}");
        }
    }

    /// <summary>Errors that the engine has seen since it was reset; bit 0 overrun, 1 framing, 2 unknown byte; 0 for none.</summary>
    public int Errors() => Ask(StatusCode)[0];

    /// <summary>The product of two row-major matrices.</summary>
    /// <param name="program">The engine's program for their shape.</param>
    /// <param name="a">A[M,K].</param>
    /// <param name="b">B[K,N].</param>
    public int[] Multiply(EngineProgram program, ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        if (a.Length != program.M * program.K || b.Length != program.K * program.N)
        {
            throw new ArgumentException($"A and B must have {program.M * program.K} and {program.K * program.N} elements");
        }

        var results = Run(program.Commands, Pack(program, a, b), program.Scatter.Length);
        var c = new int[program.M * program.N];
        for (var i = 0; i < results.Length; i++)
        {
            c[program.Scatter[i]] = (int)results[i];
        }

        return c;
    }

    /// <summary>Sends a program and its input beats, and returns the results in the order in which they came.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="beats">All beats, one after the other.</param>
    /// <param name="results">Results to wait for.</param>
    public uint[] Run(ReadOnlySpan<ulong> commands, ReadOnlySpan<byte> beats, int results)
    {
        var found = new uint[results];
        var (command, beat, result) = (0, 0, 0);
        var (commandCredit, beatCredit) = (facts.CommandDepth, facts.BeatDepth);
        var beatCount = beats.Length / facts.BeatBytes;

        // All credits have to be back at the end, so that the next run may start with all of them.
        while (result < results || commandCredit < facts.CommandDepth || beatCredit < facts.BeatDepth
            || command < commands.Length || beat < beatCount)
        {
            var count = Math.Min(commands.Length - command, commandCredit);
            if (count > 0)
            {
                Span<byte> frame = new byte[2 + (count * CommandBytes)];
                (frame[0], frame[1]) = (CommandsCode, (byte)count);
                for (var i = 0; i < count; i++)
                {
                    System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(frame[(2 + (i * CommandBytes))..], commands[command + i]);
                }

                port.Write(frame);
                (command, commandCredit) = (command + count, commandCredit - count);
            }

            var words = Math.Min(beatCount - beat, beatCredit);
            if (words > 0)
            {
                Span<byte> frame = new byte[2 + (words * facts.BeatBytes)];
                (frame[0], frame[1]) = (BeatsCode, (byte)words);
                beats.Slice(beat * facts.BeatBytes, words * facts.BeatBytes).CopyTo(frame[2..]);
                port.Write(frame);
                (beat, beatCredit) = (beat + words, beatCredit - words);
            }

            switch (NextCode())
            {
                case ResultCode when result < results:
                    found[result++] = BitConverter.ToUInt32(Body());
                    break;
                case var code and >= CommandCredit and < BeatCredit:
                    commandCredit += code & 0x3f;
                    break;
                case var code and >= BeatCredit and < 0xC0:
                    beatCredit += code & 0x3f;
                    break;
                case var code:
                    throw new EngineException($"the engine sent {code:x2} after {result} of {results} results");
            }
        }

        return found;
    }

    private byte[] Pack(EngineProgram program, ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        var beats = new byte[program.Gather.Length / facts.BeatLanes * facts.BeatBytes];
        for (var i = 0; i < program.Gather.Length; i++)
        {
            var source = program.Gather[i];
            if (source == 0)
            {
                continue;
            }

            var (value, bits) = source > 0 ? (a[source - 1], facts.InputBits) : (b[-source - 1], facts.WeightBits);
            if (value < -(1 << (bits - 1)) || value >= 1 << (bits - 1))
            {
                throw new ArgumentOutOfRangeException(nameof(program), $"{value} does not fit the engine's {bits}-bit operands");
            }

            var bit = i % facts.BeatLanes * bits;
            var at = (i / facts.BeatLanes * facts.BeatBytes) + (bit / 8);
            beats[at] |= (byte)((value & ((1 << bits) - 1)) << (bit % 8));
            if (bits > 8)
            {
                beats[at + 1] = (byte)(value >> 8);
            }
        }

        return beats;
    }

    private byte[] Ask(byte code)
    {
        port.Write([code]);
        return NextCode() is var answer && answer == code
            ? Body()
            : throw new EngineException($"the engine answered {answer:x2} to {code:x2}");
    }

    private byte[] Body() => [NextByte(), NextByte(), NextByte(), NextByte()];

    // SPI gives zeros while the engine has nothing to say.
    private int NextCode()
    {
        var until = DateTime.UtcNow + Timeout;
        int code;
        do
        {
            code = NextByte();
        }
        while (code == Idle && DateTime.UtcNow < until);
        return code != Idle ? code : throw new EngineException($"the engine was silent for {Timeout.TotalSeconds} s");
    }

    private byte NextByte()
    {
        if (_at == _end)
        {
            try
            {
                port.Flush();
                (_at, _end) = (0, port.Read(_buffer));
            }
            catch (Exception error) when (error is TimeoutException or IOException { InnerException: TimeoutException })
            {
                _end = 0;
            }

            if (_end == 0)
            {
                throw new EngineException("the engine does not answer: wrong port, wrong baud rate, or no bitstream");
            }
        }

        return _buffer[_at++];
    }

    // What came before the reset is of no interest.
    private void Drain()
    {
        try
        {
            port.ReadTimeout = 50;
            while (port.Read(_buffer) is > 0 and var count && _buffer.AsSpan(0, count).ContainsAnyExcept((byte)Idle))
            {
            }
        }
        catch (Exception error) when (error is TimeoutException or IOException { InnerException: TimeoutException })
        {
            // Silence is what is waited for.
        }
        finally
        {
            port.ReadTimeout = (int)Timeout.TotalMilliseconds;
            (_at, _end) = (0, 0);
        }
    }
}
