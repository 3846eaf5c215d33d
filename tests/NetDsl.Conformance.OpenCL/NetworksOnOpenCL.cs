using NetDsl.Conformance.Devices;
using NetDsl.Conformance.Networks;

namespace NetDsl.Conformance.OpenCL;

public class DenseOnOpenCL : NetworkConformance<DenseNetworks, OnOpenCL>;

public class ConvolutionOnOpenCL : NetworkConformance<ConvolutionNetworks, OnOpenCL>;

public class PoolingOnOpenCL : NetworkConformance<PoolingNetworks, OnOpenCL>;

public class SequencesOnOpenCL : NetworkConformance<SequenceNetworks, OnOpenCL>;

public class AttentionOnOpenCL : NetworkConformance<AttentionNetworks, OnOpenCL>;

public class SharingOnOpenCL : NetworkConformance<SharingNetworks, OnOpenCL>;

public class RecurrentOnOpenCL : NetworkConformance<RecurrentNetworks, OnOpenCL>;

public class MasksOnOpenCL : NetworkConformance<MaskNetworks, OnOpenCL>;

public class NormalizationOnOpenCL : NetworkConformance<NormalizationNetworks, OnOpenCL>;

public class LossOnOpenCL : NetworkConformance<LossNetworks, OnOpenCL>;

public class GraphOnOpenCL : NetworkConformance<GraphNetworks, OnOpenCL>;

public class PrecisionOnOpenCL : NetworkConformance<PrecisionNetworks, OnOpenCL>;

public class InspectionOnOpenCL : InspectionConformance<OnOpenCL>;

public class DropoutOnOpenCL : DropoutConformance<OnOpenCL>;

public class GenerationOnOpenCL : GenerationConformance<OnOpenCL>;

public class InsertionOnOpenCL : InsertionConformance<OnOpenCL>;

public class TrainingOnOpenCL : TrainingConformance<OnOpenCL>;

public class TrainingOnOpenCLAndCpu : TrainingAgainstCpu<OnOpenCL>;
