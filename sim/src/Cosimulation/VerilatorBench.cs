using HwSeed.Sim.Lockstep;

namespace HwSeed.Sim.Cosimulation;

/// <summary>Writes the C++ bench that drives a Verilator model step by step and writes what its ports show.</summary>
internal static class VerilatorBench
{
    /// <summary>The bench for a top module.</summary>
    /// <param name="top">The module.</param>
    /// <param name="vcd">Whether it writes waves to the third argument's file, of the steps from the fourth on.</param>
    public static string Write(CosimTop top, bool vcd)
    {
        var drive = string.Concat(top.Driven.Select(p => $"    set(port_{ModelMembers.Of(p.Name)}(top, 0), in, {p.Limbs});\n"));
        var show = string.Concat(top.Compared.Select(p => $"    get(port_{ModelMembers.Of(p.Name)}(top, 0), out, {p.Limbs});\n"));
        // Verilator puts a prefix before names that some library has; which ones, only the model tells.
        var accessors = string.Concat(top.Ports.Select(p => ModelMembers.Of(p.Name)).Select(m => ModelMembers.IsKeyword(m)
            ? $"static auto& port_{m}(Vtop& top, int) {{ return top.__SYM__{m}; }}\n"
            : $"template <class T> static auto port_{m}(T& top, int) -> decltype((top.{m})) {{ return top.{m}; }}\n"
                + $"template <class T> static auto port_{m}(T& top, long) -> decltype((top.__SYM__{m})) {{ return top.__SYM__{m}; }}\n"));
        return Template
            .Replace("@ACCESSORS@\n", accessors, StringComparison.Ordinal)
            .Replace("@IN@", $"{Math.Max(1, top.DrivenWords)}", StringComparison.Ordinal)
            .Replace("@READ@", $"{top.DrivenWords}", StringComparison.Ordinal)
            .Replace("@OUT@", $"{Math.Max(1, top.ComparedWords)}", StringComparison.Ordinal)
            .Replace("@WRITE@", $"{top.ComparedWords}", StringComparison.Ordinal)
            .Replace("@DRIVE@\n", drive, StringComparison.Ordinal)
            .Replace("@SHOW@\n", show, StringComparison.Ordinal)
            .Replace("@INCLUDE@\n", vcd ? "#include \"verilated_vcd_c.h\"\n" : "", StringComparison.Ordinal)
            .Replace("@OPEN@\n", vcd
                ? "  VerilatedVcdC waves;\n  context.traceEverOn(true);\n  top.trace(&waves, 99);\n  waves.open(argv[3]);\n"
                    + "  const uint64_t from = std::strtoull(argv[4], nullptr, 10);\n"
                : "", StringComparison.Ordinal)
            .Replace("@DUMP@\n", vcd ? "    if (step >= from) waves.dump(step);\n" : "", StringComparison.Ordinal)
            .Replace("@CLOSE@\n", vcd ? "  waves.close();\n" : "", StringComparison.Ordinal);
    }

    private const string Template = """
        // Usage: simulation STIMULUS RESULT [VCD FROM]. Each step of the stimulus is driven, evaluated, and all ports are written.
        #include <cstdint>
        #include <cstdio>
        #include <cstdlib>
        #include <cstring>
        #include <string>
        #include <type_traits>
        #include "Vtop.h"
        #include "verilated.h"
        @INCLUDE@

        // Ports of up to 64 bits are integers, wider ones arrays of 32-bit words, unpacked arrays arrays of these.
        template <class T> static typename std::enable_if<std::is_integral<T>::value>::type
        set(T& port, const uint64_t*& from, int) { port = static_cast<T>(*from++); }
        template <std::size_t N> static void set(VlWide<N>& port, const uint64_t*& from, int limbs) {
          for (std::size_t i = 0; i < N; i++) port[i] = static_cast<uint32_t>(from[i / 2] >> (32 * (i % 2)));
          from += limbs;
        }
        template <class T, std::size_t N> static void set(T (&port)[N], const uint64_t*& from, int limbs) {
          for (std::size_t i = 0; i < N; i++) set(port[i], from, limbs);
        }
        template <class T, std::size_t N> static void set(VlUnpacked<T, N>& port, const uint64_t*& from, int limbs) {
          for (std::size_t i = 0; i < N; i++) set(port[i], from, limbs);
        }
        template <class T> static typename std::enable_if<std::is_integral<T>::value>::type
        get(const T& port, uint64_t*& to, int) { *to++ = port; }
        template <std::size_t N> static void get(const VlWide<N>& port, uint64_t*& to, int limbs) {
          std::memset(to, 0, 8 * limbs);
          for (std::size_t i = 0; i < N; i++) to[i / 2] |= static_cast<uint64_t>(port[i]) << (32 * (i % 2));
          to += limbs;
        }
        template <class T, std::size_t N> static void get(const T (&port)[N], uint64_t*& to, int limbs) {
          for (std::size_t i = 0; i < N; i++) get(port[i], to, limbs);
        }
        template <class T, std::size_t N> static void get(const VlUnpacked<T, N>& port, uint64_t*& to, int limbs) {
          for (std::size_t i = 0; i < N; i++) get(port[i], to, limbs);
        }

        @ACCESSORS@

        int main(int argc, char** argv) {
          if (argc < 3) return 2;
          FILE* stimulus = std::fopen(argv[1], "rb");
          uint64_t header[5];
          if (!stimulus || std::fread(header, 8, 5, stimulus) != 5) return 3;
          if (header[0] != 0x3130504554535748ULL || header[4] != @READ@) return 3;
          const std::string part = std::string(argv[2]) + ".part";
          FILE* result = std::fopen(part.c_str(), "wb");
          if (!result) return 4;
          const uint64_t nonce[2] = {header[1], header[2]};
          const uint64_t steps = header[3];
          header[4] = @WRITE@;
          std::fwrite(header, 8, 5, result);

          VerilatedContext context;
          context.randReset(0);
          context.assertOn(false);
          Vtop top{&context};
        @OPEN@
          uint64_t words[@IN@] = {}, shown[@OUT@] = {};
          for (uint64_t step = 0; step < steps; step++) {
            if (std::fread(words, 8, @READ@, stimulus) != @READ@) return 3;
            const uint64_t* in = words;
            uint64_t* out = shown;
            (void)in;
            (void)out;
        @DRIVE@
            top.eval();
        @SHOW@
        @DUMP@
            std::fwrite(shown, 8, @WRITE@, result);
          }
        @CLOSE@

          // A new name and a rename: a reader sees all of the result or none.
          std::fwrite(nonce, 8, 2, result);
          if (std::fclose(result) != 0 || std::rename(part.c_str(), argv[2]) != 0) return 4;
          return 0;
        }

        """;
}
