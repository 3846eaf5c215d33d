using System.Text;

namespace NetDsl.Tokenization;

/// <summary>
/// Learns the merges of byte pair encoding (Sennrich et al. 2016): the pair of neighbouring tokens that is most frequent within words becomes a token, again and again. Counts are kept up to date
/// word by word, and the most frequent pair is found by a queue whose stale entries are skipped.
/// </summary>
internal sealed class BytePairTraining
{
    private readonly List<int[]> _words = [];
    private readonly List<long> _frequencies = [];
    private readonly Dictionary<(int Left, int Right), long> _counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _places = [];
    private readonly PriorityQueue<(int Left, int Right), (long, int, int)> _queue = new();

    /// <param name="words">Words with how often they occur.</param>
    public BytePairTraining(IEnumerable<KeyValuePair<string, long>> words)
    {
        foreach ((string word, long frequency) in words.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            _words.Add(Array.ConvertAll(Encoding.UTF8.GetBytes(word), value => (int)value));
            _frequencies.Add(frequency);
            Count(_words.Count - 1, 1);
        }

        foreach (var pair in _counts.Keys) Queue(pair);
    }

    /// <summary>The next merges: tokens up to 255 are bytes, and the first merge is 256. Among equally frequent pairs that of the smaller tokens is taken.</summary>
    /// <param name="most">How many.</param>
    /// <param name="leastFrequent">A pair that is rarer is not merged.</param>
    public List<(int Left, int Right)> Learn(int most, long leastFrequent)
    {
        List<(int, int)> merges = [];
        while (merges.Count < most && _queue.TryDequeue(out var pair, out var priority))
        {
            long count = _counts.GetValueOrDefault(pair);
            if (count != -priority.Item1) continue;
            if (count < leastFrequent) break;
            Merge(pair, 256 + merges.Count);
            merges.Add(pair);
        }

        return merges;
    }

    private void Merge((int Left, int Right) pair, int token)
    {
        HashSet<(int, int)> changed = [];
        foreach (int word in _places[pair].ToArray())
        {
            Count(word, -1, changed);
            int[] old = _words[word];
            List<int> merged = new(old.Length);
            for (int i = 0; i < old.Length; i++)
            {
                bool here = old[i] == pair.Left && i + 1 < old.Length && old[i + 1] == pair.Right;
                merged.Add(here ? token : old[i]);
                if (here) i++;
            }

            _words[word] = [.. merged];
            Count(word, 1, changed);
        }

        changed.Remove(pair);
        foreach (var other in changed) Queue(other);
    }

    private void Count(int word, int sign, HashSet<(int, int)>? changed = null)
    {
        int[] tokens = _words[word];
        for (int i = 0; i + 1 < tokens.Length; i++)
        {
            var pair = (tokens[i], tokens[i + 1]);
            _counts[pair] = _counts.GetValueOrDefault(pair) + (sign * _frequencies[word]);
            if (!_places.TryGetValue(pair, out HashSet<int>? places)) _places.Add(pair, places = []);
            if (sign > 0) places.Add(word);
            else places.Remove(word);
            changed?.Add(pair);
        }
    }

    private void Queue((int Left, int Right) pair) => _queue.Enqueue(pair, (-_counts[pair], pair.Left, pair.Right));
}
