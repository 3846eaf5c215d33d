namespace NetDsl.Generators.IR;

/// <summary>Walks over <see cref="ScalarExpression"/> trees.</summary>
internal static class ScalarExpressions
{
    /// <summary>One more than the greatest operand index that is read.</summary>
    public static int OperandCount(ScalarExpression expression)
    {
        int count = 0;
        Visit(expression, e =>
        {
            if (e is ScalarExpression.Operand operand) count = Math.Max(count, operand.Index + 1);
        });
        return count;
    }

    /// <summary>Whether operand number <paramref name="index"/> is read.</summary>
    public static bool Reads(ScalarExpression expression, int index)
    {
        bool reads = false;
        Visit(expression, e => reads |= e is ScalarExpression.Operand operand && operand.Index == index);
        return reads;
    }

    /// <summary>Whether any node of the tree satisfies <paramref name="predicate"/>.</summary>
    public static bool Any(ScalarExpression expression, Func<ScalarExpression, bool> predicate)
    {
        bool any = false;
        Visit(expression, e => any |= predicate(e));
        return any;
    }

    /// <summary>Whether it is a function that costs more than arithmetic does: negating or dropping a sign does not.</summary>
    public static bool IsFunction(ScalarExpression expression) =>
        expression is ScalarExpression.Unary { Function: not (UnaryFunction.Negate or UnaryFunction.Abs) };

    /// <summary>Whether it reads its operands alone: neither random numbers, which are counted by element, nor the size of the batch.</summary>
    public static bool ReadsOnlyOperands(ScalarExpression expression) =>
        !Any(expression, e => e is ScalarExpression.RandomNumber or ScalarExpression.InverseBatch);

    /// <summary>Number of nodes: the cost by which fusion decides whether work may be repeated.</summary>
    public static int Size(ScalarExpression expression)
    {
        int size = 0;
        Visit(expression, _ => size++);
        return size;
    }

    /// <summary>Calls <paramref name="action"/> for every node, children first.</summary>
    public static void Visit(ScalarExpression expression, Action<ScalarExpression> action)
    {
        foreach (ScalarExpression inner in OperandsOf(expression)) Visit(inner, action);
        action(expression);
    }

    /// <summary>The expressions that a node is a function of, in the order in which it is written.</summary>
    public static IReadOnlyList<ScalarExpression> OperandsOf(ScalarExpression expression) => expression switch
    {
        ScalarExpression.Unary unary => [unary.Argument],
        ScalarExpression.Binary binary => [binary.Left, binary.Right],
        ScalarExpression.SelectGreater select => [select.Left, select.Right, select.Then, select.Otherwise],
        _ => [],
    };

    /// <summary>The tree with every operand replaced.</summary>
    public static ScalarExpression Substitute(ScalarExpression expression, Func<int, ScalarExpression> operand) =>
        Rewrite(expression, e => e is ScalarExpression.Operand o ? operand(o.Index) : e);

    /// <summary>The tree rebuilt from the leaves up, each node passed through <paramref name="rewrite"/>.</summary>
    public static ScalarExpression Rewrite(ScalarExpression expression, Func<ScalarExpression, ScalarExpression> rewrite) =>
        rewrite(expression switch
        {
            ScalarExpression.Unary unary => unary with { Argument = Rewrite(unary.Argument, rewrite) },
            ScalarExpression.Binary binary => binary with
            {
                Left = Rewrite(binary.Left, rewrite),
                Right = Rewrite(binary.Right, rewrite),
            },
            ScalarExpression.SelectGreater select => new ScalarExpression.SelectGreater(
                Rewrite(select.Left, rewrite),
                Rewrite(select.Right, rewrite),
                Rewrite(select.Then, rewrite),
                Rewrite(select.Otherwise, rewrite)),
            _ => expression,
        });
}
