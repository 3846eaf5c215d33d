using ILGPU;
using NetDsl.Engines;

namespace NetDsl.Gpu;

/// <summary>
/// The columns of one run on their way to the device: gathered in host memory in their own types, behind the table of columns
/// and the rows, so that one copy brings all. Where the data lie on the device already, the rows alone travel.
/// </summary>
internal sealed unsafe class InputStage(GpuDevice device, GpuTransfers transfers, string network) : IDisposable
{
    private const int Alignment = 16;

    private readonly HostBuffer _host = new(device);
    private DeviceArray<byte>? _device;
    private GpuProgram? _program;
    private GpuResidentData? _resident;
    private int _samples;
    private long _rows;
    private long _end;

    /// <summary>Makes room for a run, with nothing set. No copy of an earlier run may be under way.</summary>
    public void Prepare(GpuProgram program, int samples)
    {
        (_program, _samples, _resident) = (program, samples, null);
        _rows = Align((long)program.Columns * sizeof(GpuColumn));
        _end = Align(_rows + ((long)samples * sizeof(int)));
        long most = _end;
        for (int column = 0; column < program.Columns; column++)
            most += Align((long)program.Column(column).Elements * samples * sizeof(float));
        _host.Grow(most);
        for (int column = 0; column < program.Columns; column++) Column(column).Kind = -1;
        for (int sample = 0; sample < samples; sample++) Rows[sample] = sample;
    }

    /// <summary>Sets neighbouring samples of a column. All samples of a column of one run are of one type.</summary>
    public void Set<T>(int column, int kind, int sample, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Slot slot = _program!.Column(column);
        if (slot.Offset < 0) return;
        ref GpuColumn place = ref Column(column);
        if (place.Kind < 0)
        {
            (place.Kind, place.Offset) = (kind, _end);
            _end = Align(_end + ((long)slot.Elements * _samples * sizeof(T)));
        }

        if (place.Kind != kind)
            throw new InvalidOperationException($"The samples of a column of one run of {network} must be of one type; '{_program.Name}' got {Name(place.Kind)} and then {Name(kind)}.");
        long first = (long)sample * slot.Elements;
        if (first + values.Length > (long)_samples * slot.Elements)
            throw new ArgumentException($"{values.Length} numbers from sample {sample} on are more than the {_samples} samples of the run.", nameof(values));
        values.CopyTo(new Span<T>(_host.Pointer + place.Offset + (first * sizeof(T)), values.Length));
    }

    /// <summary>Sets all columns: rows of resident data.</summary>
    public void SetRows(GpuResidentData data, ReadOnlySpan<int> rows)
    {
        if (rows.Length != _samples) throw new ArgumentException($"{rows.Length} rows were given for {_samples} samples.", nameof(rows));
        foreach (int row in rows)
            if ((uint)row >= (uint)data.Count) throw new ArgumentOutOfRangeException(nameof(rows), row, $"The data have {data.Count} rows.");
        _resident = data;
        rows.CopyTo(new Span<int>(_host.Pointer + _rows, _samples));
    }

    /// <summary>Sets all columns: neighbouring rows of resident data.</summary>
    public void SetRows(GpuResidentData data, int first)
    {
        if (first < 0 || first > data.Count - _samples)
            throw new ArgumentOutOfRangeException(nameof(first), first, $"The data have {data.Count} rows, and the run takes {_samples} from there on.");
        _resident = data;
        for (int sample = 0; sample < _samples; sample++) Rows[sample] = first + sample;
    }

    /// <summary>Starts the copy to the device.</summary>
    public void Upload()
    {
        if (_resident is null) RequireAll();
        long from = _resident is null ? 0 : _rows;
        long bytes = (_resident is null ? _end : _rows + ((long)_samples * sizeof(int))) - from;
        if (_device is null || _device.Length < from + bytes)
        {
            _device?.Dispose();
            _device = null;
            _device = device.Allocate<byte>(from + bytes, transfers.Stream, $"{_samples} samples of the columns of {network}");
        }

        transfers.Upload(_host.Pointer + from, _device.Buffer, from, bytes);
    }

    /// <summary>What the load kernel reads, after <see cref="Upload"/>.</summary>
    public (ArrayView<byte> Data, ArrayView<GpuColumn> Columns, ArrayView<int> Rows) Views()
    {
        DeviceArray<byte> staged = _device ?? throw new InvalidOperationException("The columns were not uploaded.");
        ArrayView<int> rows = staged.Part(_rows, (long)_samples * sizeof(int)).Cast<int>();
        if (_resident is not null) return (_resident.Data, _resident.Columns, rows);
        return (staged.Part(0, _end), staged.Part(0, (long)_program!.Columns * sizeof(GpuColumn)).Cast<GpuColumn>(), rows);
    }

    public void Dispose()
    {
        _device?.Dispose();
        _host.Dispose();
    }

    private static long Align(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private static string Name(int kind) => kind switch { GpuColumn.Bytes => "bytes", GpuColumn.Floats => "floats", _ => "integers" };

    private int* Rows => (int*)(_host.Pointer + _rows);

    private ref GpuColumn Column(int index) => ref ((GpuColumn*)_host.Pointer)[index];

    private void RequireAll()
    {
        for (int column = 0; column < _program!.Columns; column++)
        {
            if (Column(column).Kind < 0 && _program.Column(column).Offset >= 0)
                throw new InvalidOperationException($"The program '{_program.Name}' of {network} reads {_program.Columns} columns, and number {column} of them was not set.");
        }
    }
}
