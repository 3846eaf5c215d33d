namespace NetDsl.Reports;

/// <summary>Labels and answers of a classification, counted; pair by pair where the classes are few enough for a matrix.</summary>
internal sealed class ClassCounts(int classes)
{
    /// <summary>The most classes whose pairs are counted: 8 MB.</summary>
    public const int MostPaired = 1024;

    private readonly long[,]? _pairs = classes <= MostPaired ? new long[classes, classes] : null;
    private readonly long[] _right = new long[classes], _predicted = new long[classes], _actual = new long[classes];

    /// <summary>Whether <see cref="Pairs"/> knows.</summary>
    public bool Paired => _pairs is not null;

    public void Add(int actual, int predicted)
    {
        if (_pairs is not null) _pairs[actual, predicted]++;
        if (actual == predicted) _right[actual]++;
        _actual[actual]++;
        _predicted[predicted]++;
    }

    public long Right(int label) => _right[label];

    public long Predicted(int label) => _predicted[label];

    public long Actual(int label) => _actual[label];

    /// <exception cref="InvalidOperationException">There are too many classes.</exception>
    public long Pairs(int actual, int predicted) => _pairs is not null
        ? _pairs[actual, predicted]
        : throw new InvalidOperationException($"Which class is taken for which is counted for at most {MostPaired} classes, and there are {_actual.Length}.");
}
