namespace HwSeed.Brain.Training;

/// <summary>A matrix, or a block of one, inside an array; transposing swaps the strides.</summary>
internal readonly record struct MatrixView(
    float[] Data, int Offset, int Rows, int Columns, int RowStride, int ColumnStride)
{
    public MatrixView(float[] data, int offset, int rows, int columns)
        : this(data, offset, rows, columns, columns, 1)
    {
    }

    public MatrixView Transposed => new(Data, Offset, Columns, Rows, ColumnStride, RowStride);

    public ref float First => ref Data[Offset];

    public MatrixView RowBlock(int first, int count) =>
        this with { Offset = Offset + (first * RowStride), Rows = count };

    public MatrixView ColumnBlock(int first, int count) =>
        this with { Offset = Offset + (first * ColumnStride), Columns = count };
}
