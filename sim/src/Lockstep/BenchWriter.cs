using System.Text;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Lockstep;

/// <summary>
/// Writes the C++ bench that replays a trace on a Verilator model. A module with the implicit clock sees its rising edge
/// at the end of every cycle of the trace; for any other a cycle is one setting of all inputs, clocks among them. It depends on the module's ports alone, so the same
/// design always gives the same text, and one model serves every trace.
/// </summary>
public static class BenchWriter
{
    /// <summary>The bench for a top module.</summary>
    /// <param name="top">The module.</param>
    /// <param name="readsClock">Whether something below reads the implicit clock as a value: then it also falls alone.</param>
    public static string Write(Module top, bool readsClock = false)
    {
        var inputs = top.InputPorts.ToList();
        var outputs = top.OutputPorts.ToList();
        var drive = new StringBuilder();
        var check = new StringBuilder();
        var word = 0;
        foreach (var port in inputs)
        {
            drive.Append($"    set(top.{MemberOf(port)}, at + {word});\n");
            word += LimbsOf(port);
        }

        foreach (var port in outputs)
        {
            check.Append($"    compare(\"{port.Name}\", top.{MemberOf(port)}, {port.Width}, at + {word}, cycle);\n");
            word += LimbsOf(port);
        }

        return Template
            .Replace("@LOW@\n", top.HasImplicitClock ? "    top.clk = 0;\n" : "", StringComparison.Ordinal)
            .Replace("@HIGH@\n", top.HasImplicitClock ? Rise + (readsClock ? Fall : "") : "", StringComparison.Ordinal)
            .Replace("@TOP@", top.Name, StringComparison.Ordinal)
            .Replace("@WORDS@", $"{word}", StringComparison.Ordinal)
            .Replace("@DRIVE@\n", drive.ToString(), StringComparison.Ordinal)
            .Replace("@CHECK@\n", check.ToString(), StringComparison.Ordinal)
            .Replace("@OBSERVE@\n", IsEngine(top) ? Observe : "", StringComparison.Ordinal)
            .Replace("@CYCLES@", IsEngine(top) ? "last_output - first_command + 1" : "cycles", StringComparison.Ordinal);
    }

    /// <summary>Whether the module has an engine's command and output streams.</summary>
    internal static bool IsEngine(Module top) =>
        top.Ports.Contains(new("rst", PortDirection.Input, 1))
        && top.Ports.Contains(new("cmd_valid", PortDirection.Input, 1))
        && top.Ports.Contains(new("out_ready", PortDirection.Input, 1))
        && top.Ports.Contains(new("out_valid", PortDirection.Output, 1))
        && top.OutputPorts.Any(p => p is { Name: "out_data", Width: 32 or 64 });

    private static int LimbsOf(Port port) => (port.Width + 63) / 64;

    private static string MemberOf(Port port) =>
        ModelMembers.IsKeyword(port.Name) ? $"__SYM__{port.Name}" : ModelMembers.Of(port.Name);

    private const string Rise = "    top.clk = 1;\n    top.eval();\n";

    private const string Fall = "    top.clk = 0;\n    top.eval();\n";

    private const string Observe = """
            // The bench's own count: from the first command offered to the last output accepted.
            if (first_command < 0 && top.cmd_valid && !top.rst) first_command = cycle;
            if (top.out_valid && top.out_ready) {
              accepted.push_back(top.out_data);
              last_output = cycle;
            }

        """;

    private const string Template = """
        // Lockstep bench of module @TOP@: replays a recorded run and compares every output port in every cycle.
        // Usage: simulation STIMULUS RESULT. The verdict is in RESULT alone, which bears the stimulus' nonce at both ends.
        #include <cinttypes>
        #include <cstdint>
        #include <cstdio>
        #include <cstdlib>
        #include <string>
        #include <vector>
        #include "Vtop.h"
        #include "verilated.h"

        // Ports of up to 64 bits are integers; wider ones are arrays of 32-bit words.
        template <class T> static void set(T& port, const uint64_t* from) { port = static_cast<T>(*from); }
        template <std::size_t N> static void set(VlWide<N>& port, const uint64_t* from) {
          for (std::size_t i = 0; i < N; i++) port[i] = static_cast<uint32_t>(from[i / 2] >> (32 * (i % 2)));
        }
        template <class T> static void get(const T& port, uint64_t* to) { *to = port; }
        template <std::size_t N> static void get(const VlWide<N>& port, uint64_t* to) {
          for (std::size_t i = 0; i < N; i++) to[i / 2] |= static_cast<uint64_t>(port[i]) << (32 * (i % 2));
        }

        struct Difference { bool found = false; int64_t cycle = 0; std::string port, expected, got; };
        static Difference first;

        static std::string hex(const std::vector<uint64_t>& words) {
          std::string text;
          char digits[17];
          for (std::size_t i = words.size(); i-- > 0;) {
            std::snprintf(digits, sizeof digits, "%016" PRIx64, words[i]);
            text += digits;
          }
          return text;
        }

        template <class T>
        static void compare(const char* name, const T& port, int width, const uint64_t* expected, int64_t cycle) {
          if (first.found) return;
          const int limbs = (width + 63) / 64;
          uint64_t got[(sizeof(T) + 7) / 8] = {};
          get(port, got);
          for (int i = 0; i < limbs; i++) {
            if (got[i] != expected[i]) {
              first = {true, cycle, name, hex({expected, expected + limbs}), hex({got, got + limbs})};
              return;
            }
          }
        }

        static std::vector<uint64_t> read(const char* path) {
          FILE* file = std::fopen(path, "rb");
          if (!file) std::exit(2);
          std::fseek(file, 0, SEEK_END);
          std::vector<uint64_t> words(static_cast<std::size_t>(std::ftell(file)) / 8);
          std::rewind(file);
          if (std::fread(words.data(), 8, words.size(), file) != words.size()) std::exit(2);
          std::fclose(file);
          return words;
        }

        int main(int argc, char** argv) {
          if (argc != 3) return 2;
          const std::vector<uint64_t> stimulus = read(argv[1]);
          if (stimulus.size() < 5 || stimulus[0] != 0x31304D4954535748ULL || stimulus[4] != @WORDS@) return 3;
          const int64_t cycles = static_cast<int64_t>(stimulus[3]);
          if (stimulus.size() != 5 + stimulus[3] * stimulus[4]) return 3;

          VerilatedContext context;
          context.randReset(0);
          Vtop top{&context};
          int64_t first_command = -1, last_output = -1;
          std::vector<uint64_t> accepted;
          for (int64_t cycle = 0; cycle < cycles; cycle++) {
            const uint64_t* at = stimulus.data() + 5 + cycle * @WORDS@;
            (void)at;
        @DRIVE@
        @LOW@
            top.eval();
        @CHECK@
        @OBSERVE@
        @HIGH@
          }
          (void)first_command;
          (void)last_output;

          // A new name and a rename: a reader sees all of the result or none.
          const std::string part = std::string(argv[2]) + ".part";
          FILE* result = std::fopen(part.c_str(), "w");
          if (!result) return 4;
          std::fprintf(result, "nonce=%016" PRIx64 "%016" PRIx64 "\n", stimulus[1], stimulus[2]);
          std::fprintf(result, "replayed=%" PRId64 "\n", cycles);
          std::fprintf(result, "cycles=%" PRId64 "\n", static_cast<int64_t>(@CYCLES@));
          if (first.found) {
            std::fprintf(result, "divergence=%" PRId64 " %s %s %s\n",
                         first.cycle, first.port.c_str(), first.expected.c_str(), first.got.c_str());
          } else {
            std::fprintf(result, "divergence=none\n");
          }
          std::fprintf(result, "outputs=%zu\n", accepted.size());
          for (uint64_t word : accepted) std::fprintf(result, "%" PRIx64 "\n", word);
          std::fprintf(result, "end=%016" PRIx64 "%016" PRIx64 "\n", stimulus[1], stimulus[2]);
          if (std::fclose(result) != 0 || std::rename(part.c_str(), argv[2]) != 0) return 4;
          return 0;
        }

        """;
}
