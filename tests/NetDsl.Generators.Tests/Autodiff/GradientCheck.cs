using NetDsl.Conformance.Reference;
using NetDsl.Generators.Autodiff;
using NetDsl.Generators.IR;

namespace NetDsl.Generators.Tests.Autodiff;

/// <summary>
/// Holds the gradients of Autodiff against central differences (f(x + h) - f(x - h)) / 2h, both in the reference interpreter.
/// </summary>
internal static class GradientCheck
{
    private const double H = 1e-5;
    private const double Tolerance = 1e-6;

    /// <summary>
    /// Checks the gradient by every parameter and every feature: of sum(dy * output) where the graph has outputs, and of the
    /// total loss (by the parameters alone) where it has losses.
    /// </summary>
    /// <param name="sketch">The forward graph.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="low">Least value of features and parameters.</param>
    /// <param name="high">Greatest value.</param>
    /// <param name="given">Columns that take other values, by name.</param>
    public static void Run(GraphSketch sketch, int batch, double low = -1, double high = 1, params (string Name, double[] Data)[] given)
    {
        Graph forward = sketch.ToGraph();
        if (forward.Outputs.Count == 0 && forward.Losses.Count == 0) throw new ArgumentException("The graph has neither output nor loss.", nameof(sketch));
        if (forward.Outputs.Count > 0) CheckBackward(forward, batch, low, high, given);
        if (forward.Losses.Count > 0) CheckLosses(forward, batch, low, high, given);
    }

    private static void CheckBackward(Graph forward, int batch, double low, double high, (string Name, double[] Data)[] given)
    {
        Graph backward = AutodiffStage.Backward(forward, inputGradients: true);
        GraphVerifier.Verify(backward, "Backward");
        ReferenceInputs inputs = Inputs(backward, batch, low, high, given);
        ReferenceRun run = ReferenceInterpreter.Run(backward, inputs);
        foreach (ParameterValue gradient in backward.Gradients)
        {
            double[] expected = Difference(inputs.Parameters[gradient.Parameter], Objective);
            Numbers.AssertClose(expected, run[gradient.Value], Tolerance, $"d({forward.Parameters[gradient.Parameter].Path})");
        }

        foreach (NamedValue gradient in backward.InputGradients)
            Numbers.AssertClose(Difference(inputs.Columns[gradient.Name], Objective), run[gradient.Value], Tolerance, $"d({gradient.Name})");

        double Objective()
        {
            ReferenceRun values = ReferenceInterpreter.Run(forward, inputs);
            return forward.Outputs.Sum(output => values[output.Value].Zip(inputs.Columns[$"d({output.Name})"], (y, dy) => y * dy).Sum());
        }
    }

    private static void CheckLosses(Graph forward, int batch, double low, double high, (string Name, double[] Data)[] given)
    {
        Graph training = AutodiffStage.WithGradients(forward);
        GraphVerifier.Verify(training, "WithGradients");
        ReferenceInputs inputs = Inputs(training, batch, low, high, given);
        ReferenceRun run = ReferenceInterpreter.Run(training, inputs);
        foreach (ParameterValue gradient in training.Gradients)
        {
            double[] expected = Difference(inputs.Parameters[gradient.Parameter], () => ReferenceInterpreter.Run(forward, inputs).TotalLoss);
            Numbers.AssertClose(expected, run[gradient.Value], Tolerance, $"d({forward.Parameters[gradient.Parameter].Path})");
        }
    }

    private static ReferenceInputs Inputs(Graph graph, int batch, double low, double high, (string Name, double[] Data)[] given)
    {
        var columns = new Dictionary<string, double[]>();
        foreach (NamedValue input in graph.Inputs)
        {
            int count = input.Value.Type.Elements * (input.Value.Type.Batched ? batch : 1);
            bool seed = ((Op.Input)graph.ProducerOf(input.Value)!.Op).Role == InputRole.OutputGradient;
            columns.Add(input.Name, seed ? SpreadNumbers.Make(count, 50 + columns.Count) : SpreadNumbers.Make(count, columns.Count, low, high));
        }

        foreach (var (name, data) in given) columns[name] = data;
        double[][] parameters = [.. graph.Parameters.Select((p, i) => SpreadNumbers.Make(p.Type.Elements, 20 + i, low, high))];
        return new ReferenceInputs(batch, columns, parameters, Seed: 42, Step: 3);
    }

    /// <summary>The derivative of <paramref name="objective"/> by each element of <paramref name="x"/>, which it reads.</summary>
    private static double[] Difference(double[] x, Func<double> objective)
    {
        double[] gradient = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double at = x[i];
            x[i] = at + H;
            double above = objective();
            x[i] = at - H;
            double below = objective();
            x[i] = at;
            gradient[i] = (above - below) / (2 * H);
        }

        return gradient;
    }
}
