using NetDsl;

/// <summary>The sandals and ankle boots of Fashion-MNIST as two folders of PNG.</summary>
internal static class Shoes
{
    private const int Pixels = 28 * 28;
    private static readonly string[] s_names = ["sandal", "ankle boot"];

    /// <summary>The pictures to train on and to test; their files are written where they are not there yet.</summary>
    /// <param name="folder">The folder for <c>train</c> and <c>test</c>.</param>
    /// <param name="train">Pictures to train on, of both kinds together.</param>
    /// <param name="test">Pictures to test.</param>
    public static (DataSet Train, DataSet Test) Read(string folder, int train, int test)
    {
        string trainFolder = Path.Combine(folder, "train"), testFolder = Path.Combine(folder, "test");
        if (!Directory.Exists(testFolder)) // Written last.
        {
            (DataSet trainSet, DataSet testSet) = FashionMnist.Load();
            Write(trainSet, trainFolder, train / 2);
            Write(testSet, testFolder, test / 2);
        }

        return (PictureFolder.Read(trainFolder, VisionTransformer.Size, s_names), PictureFolder.Read(testFolder, VisionTransformer.Size, s_names));
    }

    private static void Write(DataSet set, string folder, int each)
    {
        byte[] images = set["image"].Values<byte>().ToArray(), labels = set["label"].Values<byte>().ToArray();
        string made = folder + ".part";
        foreach (string name in s_names)
        {
            int label = FashionMnist.Labels.ToList().IndexOf(name);
            byte[][] pictures = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == label).Take(each).Select(i => images[(i * Pixels)..((i + 1) * Pixels)])];
            PictureFolder.Write(made, name, pictures, VisionTransformer.Size);
        }

        Directory.Move(made, folder);
    }
}
