using NetDsl.Cpu;
using NetDsl.Engines;

namespace NetDsl.Networks;

/// <summary>Shows the layers of one run to an inspector.</summary>
internal sealed class InspectorObserver(EngineRun run, LayerInspector inspector) : ILayerObserver
{
    public void Observe(int layer, BatchView view, int batch)
    {
        ObservedLayer observed = run.Observed[layer];
        int elements = Extents.Product(observed.Shape);
        int[] shape = [batch, .. observed.Shape];
        if (view.Stride == elements)
        {
            inspector(observed.Layer, shape, view.Data.AsSpan(batch * elements));
            return;
        }

        float[] dense = new float[batch * elements];
        for (int sample = 0; sample < batch; sample++)
            view[sample].AsSpan(elements).CopyTo(dense.AsSpan(sample * elements));
        inspector(observed.Layer, shape, dense);
    }
}
