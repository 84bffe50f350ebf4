using System.Numerics;
using CsCheck;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Tests.Rtl;

/// <summary>Bit vectors against integers: each operator is stated once more with BigInteger and floor modulo.</summary>
internal sealed class BitVectorTests
{
    private static readonly Gen<BigInteger> Integers = Gen.Byte.Array[0, 16].Select(bytes => new BigInteger(bytes));

    private static readonly Gen<(BitVector A, BitVector B)> SameWidth =
        from width in Gen.Int[1, 100]
        from a in Integers
        from b in Integers
        select (new BitVector(a, width), new BitVector(b, width));

    [Test]
    public void Sums_wrap() => SameWidth.Sample((a, b) =>
        (a + b).Unsigned == Modulo(a.Unsigned + b.Unsigned, a.Width) && (a - b).Unsigned == Modulo(a.Unsigned - b.Unsigned, a.Width));

    [Test]
    public void Bitwise_operators_work_bit_by_bit() => SameWidth.Sample((a, b) =>
        Enumerable.Range(0, a.Width).All(i =>
            Bit(a & b, i) == (Bit(a, i) && Bit(b, i))
            && Bit(a | b, i) == (Bit(a, i) || Bit(b, i))
            && Bit(a ^ b, i) == (Bit(a, i) != Bit(b, i))
            && Bit(~a, i) != Bit(a, i)));

    [Test]
    public void Signed_is_unsigned_or_one_turn_less() => SameWidth.Sample((a, _) =>
        a.Signed == (Bit(a, a.Width - 1) ? a.Unsigned - BigInteger.Pow(2, a.Width) : a.Unsigned));

    [Test]
    public void Products_are_exact() => Gen.Select(SameWidth, SameWidth).Sample((p, q) =>
        BitVector.MultiplySigned(p.A, q.A).Signed == p.A.Signed * q.A.Signed
        && BitVector.MultiplyUnsigned(p.A, q.A).Unsigned == p.A.Unsigned * q.A.Unsigned
        && BitVector.MultiplySigned(p.A, q.A).Width == p.A.Width + q.A.Width);

    [Test]
    public void Comparisons_agree_with_integers() => SameWidth.Sample((a, b) =>
        IsSet(BitVector.Equal(a, b)) == (a.Unsigned == b.Unsigned)
        && IsSet(BitVector.LessThanUnsigned(a, b)) == (a.Unsigned < b.Unsigned)
        && IsSet(BitVector.LessThanSigned(a, b)) == (a.Signed < b.Signed)
        && IsSet(BitVector.Equal(a, a)));

    [Test]
    public void Reductions_look_at_every_bit() => SameWidth.Sample((a, _) =>
    {
        var bits = Enumerable.Range(0, a.Width).Select(i => Bit(a, i)).ToList();
        return IsSet(BitVector.ReduceOr(a)) == bits.Any(b => b)
            && IsSet(BitVector.ReduceAnd(a)) == bits.All(b => b)
            && IsSet(BitVector.ReduceXor(a)) == (bits.Count(b => b) % 2 == 1);
    });

    [Test]
    public void Extension_keeps_the_value() =>
        Gen.Select(SameWidth, Gen.Int[0, 40]).Sample((p, more) =>
            BitVector.ZeroExtend(p.A, p.A.Width + more).Unsigned == p.A.Unsigned
            && BitVector.SignExtend(p.A, p.A.Width + more).Signed == p.A.Signed);

    [Test]
    public void Slices_of_a_concatenation_are_its_parts() => Gen.Select(SameWidth, SameWidth).Sample((p, q) =>
    {
        var both = BitVector.Concat(p.A, q.A);
        return BitVector.Slice(both, q.A.Width, p.A.Width) == p.A && BitVector.Slice(both, 0, q.A.Width) == q.A;
    });

    [Test]
    public void Mux_takes_one_of_both() => SameWidth.Sample((a, b) =>
        BitVector.Mux(new(1, 1), a, b) == a && BitVector.Mux(new(0, 1), a, b) == b);

    [Test]
    public void Text_is_a_sized_constant() => Assert.That(
        new[] { new BitVector(-1, 8), new BitVector(0, 1), new BitVector(0xabc, 12), new BitVector(0x80, 8) }.Select(b => b.ToString()),
        Is.EqualTo((string[])["8'hff", "1'h0", "12'habc", "8'h80"]));

    [TestCase(8, 255L, true)]
    [TestCase(8, 256L, false)]
    [TestCase(8, -128L, true)]
    [TestCase(8, -129L, false)]
    [TestCase(63, long.MaxValue, true)]
    [TestCase(63, long.MinValue, false)]
    [TestCase(64, long.MinValue, true)]
    public void Integers_that_do_not_fit_are_refused(int width, long value, bool fits) =>
        Assert.That(() => BitVector.FromInteger(value, width), fits ? Throws.Nothing : Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Different_widths_are_refused() => Assert.That(
        () => new BitVector(1, 8) + new BitVector(1, 4),
        Throws.ArgumentException.With.Message.EqualTo("'+' has operands of 8 and 4 bits; extend or slice one of them"));

    private static bool Bit(BitVector value, int index) => !(value.Unsigned >> index).IsEven;

    private static bool IsSet(BitVector bit) => bit == new BitVector(1, 1);

    private static BigInteger Modulo(BigInteger value, int width)
    {
        var turn = BigInteger.Pow(2, width);
        return ((value % turn) + turn) % turn;
    }
}
