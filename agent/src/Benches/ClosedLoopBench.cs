using HwSeed.Hdl.Architectures;
using HwSeed.Sim.Accelerators;

namespace HwSeed.Agent.Benches;

/// <summary>
/// A C++ host for an engine in Verilator: the same loop as <see cref="AcceleratorRun"/>, so that speeds can be compared.
/// It reads all stimulus first, then times the loop with a steady clock, then writes cycles, seconds and a checksum.
/// </summary>
internal static class ClosedLoopBench
{
    /// <summary>The source; ports follow from the architecture.</summary>
    public static string Write(Architecture architecture) => Template
        .Replace("@LIMBS@", $"{HostStreams.LimbsPerBeat(architecture)}", StringComparison.Ordinal)
        .Replace("@RESET@", $"{AcceleratorRun.ResetEdges}", StringComparison.Ordinal);

    /// <summary>Writes commands and words: repeats, commands, words, outputs, then the 64-bit words themselves.</summary>
    public static void WriteStimulus(string path, HostTraffic traffic, int repeats)
    {
        using var writer = new BinaryWriter(File.Create(path));
        foreach (var number in (ulong[])[(ulong)repeats, (ulong)traffic.Commands.Length, (ulong)traffic.WordCount, (ulong)traffic.OutputsExpected])
        {
            writer.Write(number);
        }

        foreach (var part in (ReadOnlyMemory<ulong>[])[traffic.Commands, traffic.Words])
        {
            foreach (var word in part.Span)
            {
                writer.Write(word);
            }
        }
    }

    private const string Template = """
        #include <chrono>
        #include <cinttypes>
        #include <cstdint>
        #include <cstdio>
        #include <vector>
        #include "Vtop.h"
        #include "verilated.h"

        template <class T> static void set(T& port, const uint64_t* from) { port = static_cast<T>(*from); }
        template <std::size_t N> static void set(VlWide<N>& port, const uint64_t* from) {
          for (std::size_t i = 0; i < N; i++) port[i] = static_cast<uint32_t>(from[i / 2] >> (32 * (i % 2)));
        }

        static inline void edge(Vtop& top) {
          top.clk = 1;
          top.eval();
        }

        static inline void settle(Vtop& top) {
          top.clk = 0;
          top.eval();
        }

        int main(int argc, char** argv) {
          if (argc != 3) return 2;
          FILE* file = std::fopen(argv[1], "rb");
          if (!file) return 2;
          uint64_t head[4];
          if (std::fread(head, 8, 4, file) != 4) return 3;
          const uint64_t repeats = head[0], commands = head[1], words = head[2], expected = head[3];
          std::vector<uint64_t> command(commands), word(words * @LIMBS@);
          if (std::fread(command.data(), 8, command.size(), file) != command.size()) return 3;
          if (std::fread(word.data(), 8, word.size(), file) != word.size()) return 3;
          std::fclose(file);

          VerilatedContext context;
          context.randReset(0);
          Vtop top{&context};
          uint64_t cycles = 0, checksum = 0;
          const auto start = std::chrono::steady_clock::now();
          for (uint64_t repeat = 0; repeat < repeats; repeat++) {
            top.rst = 1;
            top.cmd_valid = top.in_valid = top.out_ready = 0;
            for (int i = 0; i < @RESET@; i++) {
              settle(top);
              edge(top);
            }
            top.rst = 0;
            uint64_t sent = 0, taken = 0, got = 0;
            while (got < expected) {
              top.cmd_valid = sent < commands;
              if (sent < commands) top.cmd_data = command[sent];
              top.in_valid = taken < words;
              if (taken < words) set(top.in_data, &word[taken * @LIMBS@]);
              top.out_ready = 1;
              settle(top);
              sent += top.cmd_valid & top.cmd_ready;
              taken += top.in_valid & top.in_ready;
              if (top.out_valid) {
                checksum = checksum * 31 + top.out_data;
                got++;
              }
              edge(top);
              cycles++;
              if (cycles > (1ULL << 40)) return 4;
            }
          }
          const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
          FILE* result = std::fopen(argv[2], "w");
          if (!result) return 5;
          std::fprintf(result, "%" PRIu64 " %.9f %" PRIu64, cycles, seconds, checksum);
          return std::fclose(result) == 0 ? 0 : 5;
        }

        """;
}
