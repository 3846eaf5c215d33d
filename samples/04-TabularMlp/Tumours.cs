using System.Globalization;
using NetDsl;
using NetDsl.Samples;

/// <summary>The table that comes with the samples: thirty measures of the cells of a tumour, and whether it is benign.</summary>
internal static class Tumours
{
    private const int Measures = 30;

    /// <summary>Columns <c>input</c> and <c>benign</c>.</summary>
    public static DataSet Read()
    {
        string path = SampleFile.Find("tumours", "tumours.csv");
        List<float> measures = [];
        List<byte> benign = [];
        foreach (string line in File.ReadLines(path).Skip(1))
        {
            string[] cells = line.Split(',');
            if (cells.Length != Measures + 1) throw new InvalidDataException($"'{path}', line {benign.Count + 2}: {Measures + 1} cells are expected, and there are {cells.Length}.");
            for (int i = 0; i < Measures; i++)
            {
                if (!float.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out float measure))
                    throw new InvalidDataException($"'{path}', line {benign.Count + 2}: '{cells[i]}' is no number.");
                measures.Add(measure);
            }

            benign.Add(cells[Measures] == "1" ? (byte)1 : (byte)0);
        }

        return new DataSet(new Column("input", [.. measures], Measures), new Column("benign", [.. benign]));
    }
}
