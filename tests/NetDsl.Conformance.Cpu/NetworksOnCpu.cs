using NetDsl.Conformance.Networks;

namespace NetDsl.Conformance.Cpu;

public class DenseOnCpu : NetworkConformance<DenseNetworks>
{
    protected override Device Device => Device.Cpu;
}

public class ConvolutionOnCpu : NetworkConformance<ConvolutionNetworks>
{
    protected override Device Device => Device.Cpu;
}

public class PoolingOnCpu : NetworkConformance<PoolingNetworks>
{
    protected override Device Device => Device.Cpu;
}

public class NormalizationOnCpu : NetworkConformance<NormalizationNetworks>
{
    protected override Device Device => Device.Cpu;
}

public class LossOnCpu : NetworkConformance<LossNetworks>
{
    protected override Device Device => Device.Cpu;
}

public class GraphOnCpu : NetworkConformance<GraphNetworks>
{
    protected override Device Device => Device.Cpu;
}

public class InspectionOnCpu : InspectionConformance
{
    protected override Device Device => Device.Cpu;
}

public class DropoutOnCpu : DropoutConformance
{
    protected override Device Device => Device.Cpu;
}
