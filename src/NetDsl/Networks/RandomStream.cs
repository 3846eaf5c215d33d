using NetDsl.Cpu;

namespace NetDsl.Networks;

/// <summary>
/// A stream of random numbers, the same on every machine: Philox4x32-10 (Salmon et al. 2011) over a counter. Streams of
/// another seed, purpose or index are independent.
/// </summary>
internal struct RandomStream
{
    private readonly ulong _key;
    private readonly uint _index0;
    private readonly uint _index1;
    private ulong _block;
    private (uint Second, uint Third, uint Fourth) _ready;
    private int _left;
    private double _spare;
    private bool _hasSpare;

    /// <summary>A stream from its beginning.</summary>
    /// <param name="seed">The network's seed.</param>
    /// <param name="purpose">What the numbers are for: <c>shuffle</c>, or a tensor's path.</param>
    /// <param name="index">Which of several: an epoch.</param>
    public RandomStream(long seed, string purpose, ulong index = 0)
    {
        _key = unchecked((ulong)seed) ^ Hash(purpose);
        (_index0, _index1) = ((uint)index, (uint)(index >> 32));
    }

    /// <summary>32 random bits.</summary>
    public uint NextBits()
    {
        if (_left == 0)
        {
            (uint first, _ready.Second, _ready.Third, _ready.Fourth) = Philox.Block((uint)_block, (uint)(_block >> 32), _index0, _index1, _key);
            _block++;
            _left = 3;
            return first;
        }

        _left--;
        return _left switch { 2 => _ready.Second, 1 => _ready.Third, _ => _ready.Fourth };
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble()
    {
        ulong bits = ((ulong)NextBits() << 32) | NextBits();
        return (bits >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Uniform in 0 to <paramref name="bound"/> - 1, without bias (Lemire 2019).</summary>
    public int NextBelow(int bound)
    {
        uint range = (uint)bound;
        ulong product = (ulong)NextBits() * range;
        if ((uint)product < range)
        {
            uint rejected = (0u - range) % range;
            while ((uint)product < rejected) product = (ulong)NextBits() * range;
        }

        return (int)(product >> 32);
    }

    /// <summary>Normal with mean 0 and deviation 1 (Box and Muller 1958).</summary>
    public double NextNormal()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }

        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * NextDouble());
        _spare = radius * sine;
        _hasSpare = true;
        return radius * cosine;
    }

    /// <summary>A random order of <paramref name="items"/> (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int other = NextBelow(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>FNV-1a, 64 bits (Fowler, Noll, Vo), over UTF-16 code units.</summary>
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ (byte)c) * 1099511628211);
            hash = unchecked((hash ^ (byte)(c >> 8)) * 1099511628211);
        }

        return hash;
    }
}
