package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.benchmark.FeatureSets;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.distance.Summaries;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.extract.FrozenModel;
import dev.pixelprobe.pipeline.features.FeatureCache;
import dev.pixelprobe.pipeline.probe.ProbeInput;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Which features of which images, and how they are extracted. */
final class ExtractionOptions {
  @Mixin private DatasetOptions dataset = new DatasetOptions();
  @Mixin private FrozenModelOptions model = new FrozenModelOptions();
  @Mixin private BatchOption batch = new BatchOption();
  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private BatchTimeoutOption batchTimeout = new BatchTimeoutOption();
  @Mixin private DeadLetterOption deadLetters = new DeadLetterOption();

  @Option(
      names = "--no-cache",
      description = "extract the features even if an earlier run left the same ones")
  private boolean noCache;

  /** Beam's options, which also tell workers where models run. */
  PipelineOptions pipelineOptions(Invocation invocation) throws IOException {
    return batchTimeout.addTo(device.pipelineOptions(invocation));
  }

  Extraction resolve(ParseResult typed) throws IOException {
    DeadLetterLimit limit = deadLetters.limit();
    FrozenModel frozen = model.resolve(typed);
    return new Extraction(dataset.open(), frozen, batch.size(), limit);
  }

  /** What to probe of the features that {@link #resolve} asks for. */
  List<ProbeInput> inputs(Extraction extraction) {
    return model.inputs(extraction.model());
  }

  /**
   * Where summaries of images are kept, or none with {@code --no-cache}.
   *
   * @param scratch beside it there is room to work
   */
  Summaries summaries(String scratch, PipelineOptions options) {
    return noCache
        ? Summaries.uncached(scratch, options)
        : Summaries.cachedIn(UserCache.shared(), options);
  }

  /** Where this user's feature sets are kept, or none with {@code --no-cache}. */
  FeatureSets featureSets(PipelineOptions options) {
    return noCache
        ? FeatureSets.uncached(options)
        : FeatureSets.cachedIn(FeatureCache.in(UserCache.shared()), options);
  }
}
