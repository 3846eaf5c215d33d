using NetDsl.Conformance.Devices;
using NetDsl.Conformance.Networks;

namespace NetDsl.Conformance.Cuda;

public class DenseOnCuda : NetworkConformance<DenseNetworks, OnCuda>;

public class ConvolutionOnCuda : NetworkConformance<ConvolutionNetworks, OnCuda>;

public class PoolingOnCuda : NetworkConformance<PoolingNetworks, OnCuda>;

public class SequencesOnCuda : NetworkConformance<SequenceNetworks, OnCuda>;

public class AttentionOnCuda : NetworkConformance<AttentionNetworks, OnCuda>;

public class SharingOnCuda : NetworkConformance<SharingNetworks, OnCuda>;

public class RecurrentOnCuda : NetworkConformance<RecurrentNetworks, OnCuda>;

public class MasksOnCuda : NetworkConformance<MaskNetworks, OnCuda>;

public class NormalizationOnCuda : NetworkConformance<NormalizationNetworks, OnCuda>;

public class LossOnCuda : NetworkConformance<LossNetworks, OnCuda>;

public class GraphOnCuda : NetworkConformance<GraphNetworks, OnCuda>;

public class PrecisionOnCuda : NetworkConformance<PrecisionNetworks, OnCuda>;

public class InspectionOnCuda : InspectionConformance<OnCuda>;

public class DropoutOnCuda : DropoutConformance<OnCuda>;

public class GenerationOnCuda : GenerationConformance<OnCuda>;

public class InsertionOnCuda : InsertionConformance<OnCuda>;

public class TrainingOnCuda : TrainingConformance<OnCuda>;

public class TrainingOnCudaAndCpu : TrainingAgainstCpu<OnCuda>;
