using System.Runtime.InteropServices;
using Google.Protobuf;

namespace NetDsl.Benchmarks.Peers.OnnxRuntime;

/// <summary>Writes an ONNX model of a chain of nodes, each on the result of the one before (onnx.proto3, IR version 8, operators 17).</summary>
internal sealed class OnnxModel
{
    private const int IrVersion = 8, OperatorVersion = 17, Float = 1, IntegersKind = 7;

    private readonly MemoryStream _graph = new();
    private string _last = "input";

    /// <summary>Adds a node that reads the last result, and constants.</summary>
    public OnnxModel Add(string kind, (string Name, long[] Values)[] attributes, params (float[] Values, long[] Shape)[] constants)
    {
        string result = kind + _graph.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        List<string> inputs = [_last];
        foreach ((float[] values, long[] shape) in constants)
        {
            inputs.Add($"{result}_{inputs.Count}");
            Write(_graph, 5, tensor => Tensor(tensor, inputs[^1], values, shape));
        }

        Write(_graph, 1, node =>
        {
            foreach (string input in inputs) Text(node, 1, input);
            Text(node, 2, result);
            Text(node, 4, kind);
            foreach ((string name, long[] values) in attributes) Write(node, 5, attribute => Attribute(attribute, name, values));
        });
        _last = result;
        return this;
    }

    /// <summary>The model's bytes.</summary>
    /// <param name="input">Extents of a sample.</param>
    /// <param name="outputs">Results of a sample.</param>
    public byte[] Finish(long[] input, long outputs)
    {
        // The chain's end under the name that callers ask for.
        Write(_graph, 1, node =>
        {
            Text(node, 1, _last);
            Text(node, 2, "output");
            Text(node, 4, "Identity");
        });
        Text(_graph, 2, "network");
        Write(_graph, 11, value => ValueInfo(value, "input", input));
        Write(_graph, 12, value => ValueInfo(value, "output", [outputs]));
        using MemoryStream model = new();
        Number(model, 1, IrVersion);
        Bytes(model, 7, _graph.ToArray());
        Write(model, 8, set => Number(set, 2, OperatorVersion));
        return model.ToArray();
    }

    private static void Tensor(MemoryStream to, string name, float[] values, long[] shape)
    {
        foreach (long extent in shape) Number(to, 1, extent);
        Number(to, 2, Float);
        Text(to, 8, name);
        Bytes(to, 9, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    }

    private static void Attribute(MemoryStream to, string name, long[] values)
    {
        Text(to, 1, name);
        const int Integer = 2;
        bool one = values.Length == 1;
        if (one) Number(to, 3, values[0]);
        else
            foreach (long value in values) Number(to, 8, value);
        Number(to, 20, one ? Integer : IntegersKind);
    }

    private static void ValueInfo(MemoryStream to, string name, long[] shape)
    {
        Text(to, 1, name);
        Write(to, 2, type => Write(type, 1, tensor =>
        {
            Number(tensor, 1, Float);
            Write(tensor, 2, extents =>
            {
                Write(extents, 1, extent => Text(extent, 2, "batch"));
                foreach (long value in shape) Write(extents, 1, extent => Number(extent, 1, value));
            });
        }));
    }

    private static void Number(MemoryStream to, int field, long value) => Output(to, output =>
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    });

    private static void Text(MemoryStream to, int field, string value) => Output(to, output =>
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    });

    private static void Bytes(MemoryStream to, int field, byte[] value) => Output(to, output =>
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value));
    });

    private static void Write(MemoryStream to, int field, Action<MemoryStream> message)
    {
        using MemoryStream inner = new();
        message(inner);
        Bytes(to, field, inner.ToArray());
    }

    private static void Output(MemoryStream to, Action<CodedOutputStream> write)
    {
        using CodedOutputStream output = new(to, leaveOpen: true);
        write(output);
    }
}
