using NetDsl.Networks;
using NetDsl.Tests.Tiny;
using Xunit;

namespace NetDsl.Tests.Training;

public class StandardizeTests
{
    private static readonly LinearPrograms s_programs = new("Standard", 2, 1, LossKind.MeanSquaredError, standardize: true);

    // Column 0: 1, 3, 5, 7 has mean 4 and deviation sqrt(5); column 1 never changes.
    private static readonly DataSet s_data = DataSet.Create(new Column("x", [1f, 9, 3, 9, 5, 9, 7, 9], 2), new Column("y", [0f, 1, 2, 3]));

    [Fact]
    public void The_first_fit_learns_mean_and_deviation()
    {
        using LinearNetwork network = LinearNetwork.Create(s_programs);
        network.Fit(s_data, TinyData.Quiet());
        Assert.Equal([4f, 9f], network.Runtime.Parameter(2).ToArray());
        Assert.Equal([MathF.Sqrt(5), 1f], network.Runtime.Parameter(3).ToArray());
        Assert.Equal([1f], network.Runtime.Parameter(4).ToArray());
    }

    [Fact]
    public void A_later_fit_keeps_them_and_they_are_saved()
    {
        using LinearNetwork network = LinearNetwork.Create(s_programs);
        network.Fit(s_data, TinyData.Quiet());
        DataSet other = DataSet.Create(new Column("x", new float[8], 2), new Column("y", [0f, 1, 2, 3]));
        network.Fit(other, TinyData.Quiet());
        Assert.Equal([4f, 9f], network.Runtime.Parameter(2).ToArray());
        string path = Path.GetTempFileName();
        network.Save(path);
        using LinearNetwork loaded = network.Load(path);
        File.Delete(path);
        Assert.Equal([4f, 9f], loaded.Runtime.Parameter(2).ToArray());
        loaded.Fit(other, TinyData.Quiet());
        Assert.Equal([4f, 9f], loaded.Runtime.Parameter(2).ToArray());
    }

    [Fact]
    public void Validation_samples_are_not_part_of_the_statistics()
    {
        using LinearNetwork network = LinearNetwork.Create(s_programs);
        network.Fit(s_data, TinyData.Quiet() with { ValidationSplit = 0.5 });
        Assert.Equal([2f, 9f], network.Runtime.Parameter(2).ToArray());
    }

    [Fact]
    public void Statistics_are_those_after_the_rescaling_and_over_all_positions()
    {
        NetworkInfo info = s_programs.Info with { Standardize = [new StandardizeInfo(0, 0.5, 1, 2, 3, 4)] };
        using Networks.Lent lent = new(NetworkRuntime.Create(info, s_programs.Programs, null));
        lent.Runtime.Fit(DataSet.Create(new Column("x", [2, 18, 6, 18, 10, 18, 14, 18], 2), new Column("y", [0f, 1, 2, 3])), TinyData.Quiet());
        Assert.Equal([5f, 10f], lent.Runtime.Parameter(2).ToArray());
        Assert.Equal([MathF.Sqrt(5), 1f], lent.Runtime.Parameter(3).ToArray());
    }
}
