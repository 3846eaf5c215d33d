using NetDsl.Conformance.Networks;

namespace NetDsl.Conformance.Cpu;

public class DenseOnCpu : NetworkConformance<DenseNetworks, OnCpu>;

public class ConvolutionOnCpu : NetworkConformance<ConvolutionNetworks, OnCpu>;

public class PoolingOnCpu : NetworkConformance<PoolingNetworks, OnCpu>;

public class SequencesOnCpu : NetworkConformance<SequenceNetworks, OnCpu>;

public class AttentionOnCpu : NetworkConformance<AttentionNetworks, OnCpu>;

public class SharingOnCpu : NetworkConformance<SharingNetworks, OnCpu>;

public class RecurrentOnCpu : NetworkConformance<RecurrentNetworks, OnCpu>;

public class MasksOnCpu : NetworkConformance<MaskNetworks, OnCpu>;

public class NormalizationOnCpu : NetworkConformance<NormalizationNetworks, OnCpu>;

public class LossOnCpu : NetworkConformance<LossNetworks, OnCpu>;

public class GraphOnCpu : NetworkConformance<GraphNetworks, OnCpu>;

public class PrecisionOnCpu : NetworkConformance<PrecisionNetworks, OnCpu>;

public class InspectionOnCpu : InspectionConformance<OnCpu>;

public class DropoutOnCpu : DropoutConformance<OnCpu>;

public class GenerationOnCpu : GenerationConformance<OnCpu>;

public class InsertionOnCpu : InsertionConformance<OnCpu>;

public class TrainingOnCpu : TrainingConformance<OnCpu>;
