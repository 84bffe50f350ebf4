using HwSeed.Sim.Stimulus;

namespace HwSeed.Sim.Cosimulation;

/// <summary>
/// Random inputs that a design can expect: resets come first and now and then again; data change between the edges of the
/// clocks and never at them; every clock toggles, several ones at periods without a common divisor. Bits are biased and
/// words keep their value for stretches of time, so that queues fill and counters wrap. The same seed gives the same steps, and
/// an input has the same values whatever inputs are beside it.
/// </summary>
public sealed class RandomStimulus
{
    private const int PhaseLength = 200;
    private static readonly int[] s_halfPeriods = [2, 3, 5, 7, 11, 13];

    private readonly CosimTop _top;
    private readonly RandomWords _resetTimes;
    private readonly List<Input> _inputs = [];
    private readonly List<(Input Input, int HalfPeriod)> _clocks = [];
    private readonly ulong[] _words;
    private readonly int _resetSteps;
    private long _step;
    private int _resetLeft;

    /// <summary>A stimulus of a seed.</summary>
    public RandomStimulus(CosimTop top, int seed)
    {
        (_top, _resetTimes, _words) = (top, RandomWords.For((ulong)seed, "resets"), new ulong[top.DrivenWords]);
        var at = 0;
        foreach (var port in top.Driven)
        {
            for (var element = 0; element < port.Elements; element++, at += port.Limbs)
            {
                var reset = top.Resets.FirstOrDefault(r => r.Port == port.Name);
                var input = new Input(at, port.Width, reset, RandomWords.For((ulong)seed, $"{port.Stream}[{element}]"));
                var clock = top.Clocks.ToList().IndexOf(port.Name);
                if (clock >= 0)
                {
                    _clocks.Add((input, HalfPeriodOf(clock)));
                }
                else
                {
                    _inputs.Add(input);
                }
            }
        }

        _resetSteps = 10 * _clocks.Select(c => c.HalfPeriod).DefaultIfEmpty(1).Max();
        NewPhase();
    }

    /// <summary>Steps that make so many cycles of the first clock, or of no clock at all.</summary>
    public long StepsOf(long cycles) => 1 + (cycles * (_top.Clocks.Count == 0 ? 1 : 4 * HalfPeriodOf(0)));

    /// <summary>The cycle of the first clock to which a step belongs.</summary>
    public long CycleOf(long step) => _top.Clocks.Count == 0 ? step : step / (4 * HalfPeriodOf(0));

    /// <summary>The next values of the driven ports, words of all of them in order.</summary>
    public ReadOnlySpan<ulong> Next()
    {
        // Step 0 is quiet: simulators settle without an edge. Then data and clocks take turns.
        if (_step == 0)
        {
            foreach (var input in _inputs)
            {
                SetReset(input, active: false);
            }

            _resetLeft = _resetSteps;
        }
        else if (_clocks.Count == 0 || _step % 2 == 1)
        {
            ChangeData();
        }
        else
        {
            foreach (var (clock, halfPeriod) in _clocks)
            {
                if (_step / 2 % halfPeriod == 0)
                {
                    _words[clock.At] ^= 1;
                }
            }
        }

        _step++;
        return _words;
    }

    private int HalfPeriodOf(int clock) => _top.Clocks.Count == 1 ? 1 : s_halfPeriods[clock % s_halfPeriods.Length];

    private void ChangeData()
    {
        if (_step % PhaseLength == 1)
        {
            NewPhase();
        }

        if (_resetLeft > 0)
        {
            _resetLeft--;
        }
        else if (_resetTimes.Below(600) == 0)
        {
            _resetLeft = 1 + _resetTimes.Below(8);
        }

        foreach (var input in _inputs)
        {
            if (input.Reset is not null)
            {
                SetReset(input, _resetLeft > 0);
            }
            else if (input.Random.Happens(input.ChangeRate))
            {
                Draw(input);
            }
        }
    }

    private void SetReset(Input input, bool active)
    {
        if (input.Reset is { } reset)
        {
            _words[input.At] = active != reset.ActiveLow ? 1u : 0u;
        }
    }

    private void NewPhase()
    {
        foreach (var input in _inputs)
        {
            input.ChangeRate = input.Random.Below(4) switch { 0 => 1000, 1 => 500, 2 => 200, _ => 50 };
            input.OneRate = input.Random.Below(4) switch { 0 => 100, 1 => 900, _ => 500 };
        }
    }

    private void Draw(Input input)
    {
        var words = _words.AsSpan(input.At, (input.Width + 63) / 64);
        if (input.Width == 1)
        {
            words[0] = input.Random.Happens(input.OneRate) ? 1u : 0u;
        }
        else
        {
            input.Random.Draw(words, input.Width);
        }
    }

    // Rates are thousandths.
    private sealed record Input(int At, int Width, CosimReset? Reset, RandomWords Random)
    {
        public int ChangeRate { get; set; }

        public int OneRate { get; set; }
    }
}
