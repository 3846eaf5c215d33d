using NetDsl.Conformance.Devices;
using NetDsl.Conformance.Networks;

namespace NetDsl.Conformance.Ilgpu;

public class DenseOnIlgpu : NetworkConformance<DenseNetworks, OnIlgpu>;

public class ConvolutionOnIlgpu : NetworkConformance<ConvolutionNetworks, OnIlgpu>;

public class PoolingOnIlgpu : NetworkConformance<PoolingNetworks, OnIlgpu>;

public class SequencesOnIlgpu : NetworkConformance<SequenceNetworks, OnIlgpu>;

public class AttentionOnIlgpu : NetworkConformance<AttentionNetworks, OnIlgpu>;

public class SharingOnIlgpu : NetworkConformance<SharingNetworks, OnIlgpu>;

public class RecurrentOnIlgpu : NetworkConformance<RecurrentNetworks, OnIlgpu>;

public class MasksOnIlgpu : NetworkConformance<MaskNetworks, OnIlgpu>;

public class NormalizationOnIlgpu : NetworkConformance<NormalizationNetworks, OnIlgpu>;

public class LossOnIlgpu : NetworkConformance<LossNetworks, OnIlgpu>;

public class GraphOnIlgpu : NetworkConformance<GraphNetworks, OnIlgpu>;

public class PrecisionOnIlgpu : NetworkConformance<PrecisionNetworks, OnIlgpu>;

public class InspectionOnIlgpu : InspectionConformance<OnIlgpu>;

public class DropoutOnIlgpu : DropoutConformance<OnIlgpu>;

public class GenerationOnIlgpu : GenerationConformance<OnIlgpu>;

public class InsertionOnIlgpu : InsertionConformance<OnIlgpu>;

public class TrainingOnIlgpu : TrainingConformance<OnIlgpu>;

public class TrainingOnIlgpuAndCpu : TrainingAgainstCpu<OnIlgpu>;
