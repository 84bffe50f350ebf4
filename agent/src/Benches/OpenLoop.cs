using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using HwSeed.Sim;

namespace HwSeed.Agent.Benches;

/// <summary>
/// A loop that drives a design with random words every cycle and reads all of its outputs every cycle, the same here and
/// in C++: one multiplication for each fresh word, a rotation and an exclusive or for each word read.
/// </summary>
/// <param name="Clock">The clock input.</param>
/// <param name="Random">Inputs that take fresh random words in every cycle.</param>
/// <param name="Pulse">An input whose bits are all high in the first cycle of every period, else low.</param>
/// <param name="Period">Cycles of a period, a power of two.</param>
/// <param name="Outputs">Outputs, in the order of the checksum.</param>
internal sealed record OpenLoop(
    PortHandle Clock, IReadOnlyList<PortHandle> Random, PortHandle Pulse, int Period, IReadOnlyList<PortHandle> Outputs)
{
    private const ulong Multiplier = 6364136223846793005;
    private const ulong Increment = 1442695040888963407;
    private const ulong FirstKey = 0x9E3779B97F4A7C15;

    /// <summary>Runs the loop on a simulator, from power-up.</summary>
    public (double Seconds, ulong Checksum) Run(Simulator simulator, long cycles)
    {
        simulator.PowerUp();
        _vectors ??= simulator.Vectors(Clock, Outputs, RowsAtOnce);
        var timer = Stopwatch.StartNew();
        var checksum = Run(_vectors, cycles);
        return (timer.Elapsed.TotalSeconds, checksum);
    }

    // Few enough to stay in the nearest cache, many enough to hide what a run of rows costs.
    private const int RowsAtOnce = 64;

    private TestVectors? _vectors;

    // At once, because it is entered a few times only.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ulong Run(TestVectors vectors, long cycles)
    {
        // Words that are random, with the key of each.
        (int Place, ulong Key)[] fresh = [.. Random.SelectMany(i => Enumerable.Range(vectors.PlaceOf(i), i.Limbs))
            .Select((place, word) => (place, FirstKey + (2 * (ulong)word)))];
        var pulses = Enumerable.Range(vectors.PlaceOf(Pulse), Pulse.Limbs).ToArray();
        var (width, outputs, mask) = (vectors.StimulusWords, vectors.ResponseWords, Period - 1);
        ulong state = 1, checksum = 0;
        for (var cycle = 0L; cycle < cycles;)
        {
            var rows = (int)Math.Min(RowsAtOnce, cycles - cycle);
            var stimuli = vectors.Stimuli;
            for (var row = 0; row < rows; row++, cycle++)
            {
                state = (state * Multiplier) + Increment;
                var mixed = state ^ (state >> 29);
                var words = stimuli.Slice(row * width, width);
                foreach (var (place, key) in fresh)
                {
                    words[place] = mixed * key;
                }

                var high = (cycle & mask) == 0 ? ulong.MaxValue : 0;
                foreach (var pulse in pulses)
                {
                    words[pulse] = high;
                }
            }

            vectors.Run(rows);
            var responses = vectors.Responses;
            for (var row = 0; row < rows; row++)
            {
                ulong sum = 0;
                foreach (var word in responses.Slice(row * outputs, outputs))
                {
                    sum = ((sum << 7) | (sum >> 57)) ^ word;
                }

                checksum = (checksum * 31) + sum;
            }
        }

        return checksum;
    }

    /// <summary>The loop in C++ for a Verilator model: takes cycles and a result file, writes seconds and checksum.</summary>
    public string WriteCpp()
    {
        var (body, word) = (new StringBuilder(), 0);
        foreach (var input in Random)
        {
            for (var limb = 0; limb < input.Limbs; limb++, word++)
            {
                var key = (FirstKey + (2 * (ulong)word)).ToString(CultureInfo.InvariantCulture);
                var mask = limb + 1 == input.Limbs && input.Width % 64 > 0 ? $" & {(1UL << (input.Width % 64)) - 1}ULL" : "";
                body.AppendLine(CultureInfo.InvariantCulture, $"    put(top.{input.Name}, {limb}, (mixed * {key}ULL){mask});");
            }
        }

        var high = Pulse.Width >= 64 ? ulong.MaxValue : (1UL << Pulse.Width) - 1;
        body.AppendLine(CultureInfo.InvariantCulture, $"    top.{Pulse.Name} = (cycle & {Period - 1}) == 0 ? {high}ULL : 0;");
        body.AppendLine(CultureInfo.InvariantCulture, $"    top.{Clock.Name} = 0;\n    top.eval();\n    uint64_t sum = 0;");
        foreach (var output in Outputs)
        {
            body.AppendLine(CultureInfo.InvariantCulture,
                $"    for (int i = 0; i < {output.Limbs}; i++) sum = (sum << 7 | sum >> 57) ^ get(top.{output.Name}, i);");
        }

        body.AppendLine(CultureInfo.InvariantCulture, $"    checksum = checksum * 31 + sum;\n    top.{Clock.Name} = 1;\n    top.eval();");
        return Template.Replace("@BODY@", body.ToString(), StringComparison.Ordinal)
            .Replace("@STEP@", $"{Multiplier}ULL + {Increment}ULL", StringComparison.Ordinal);
    }

    private const string Template = """
        #include <chrono>
        #include <cinttypes>
        #include <cstdint>
        #include <cstdio>
        #include <cstdlib>
        #include <cstring>
        #include "Vtop.h"
        #include "verilated.h"

        template <class T> static inline void put(T& port, int, uint64_t value) { port = static_cast<T>(value); }
        template <std::size_t N> static inline void put(VlWide<N>& port, int limb, uint64_t value) {
          std::memcpy(reinterpret_cast<char*>(&port) + 8 * limb, &value, 2 * limb + 2 > static_cast<int>(N) ? 4 : 8);
        }
        template <class T> static inline uint64_t get(const T& port, int) { return port; }
        template <std::size_t N> static inline uint64_t get(const VlWide<N>& port, int limb) {
          uint64_t value = 0;
          std::memcpy(&value, reinterpret_cast<const char*>(&port) + 8 * limb, 2 * limb + 2 > static_cast<int>(N) ? 4 : 8);
          return value;
        }

        int main(int argc, char** argv) {
          if (argc != 3) return 2;
          const uint64_t cycles = std::strtoull(argv[1], nullptr, 10);
          VerilatedContext context;
          context.randReset(0);
          Vtop top{&context};
          uint64_t state = 1, checksum = 0;
          const auto start = std::chrono::steady_clock::now();
          for (uint64_t cycle = 0; cycle < cycles; cycle++) {
            state = state * @STEP@;
            const uint64_t mixed = state ^ (state >> 29);
        @BODY@  }
          const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
          FILE* result = std::fopen(argv[2], "w");
          if (!result) return 5;
          std::fprintf(result, "%" PRIu64 " %.9f %" PRIu64, cycles, seconds, checksum);
          return std::fclose(result) == 0 ? 0 : 5;
        }

        """;
}
