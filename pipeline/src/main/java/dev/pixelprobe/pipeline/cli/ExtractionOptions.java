package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.pipeline.benchmark.FeatureSets;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.features.FeatureCache;
import dev.pixelprobe.pipeline.probe.ProbeInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which features of which images, and how they are extracted. */
final class ExtractionOptions {
  @Mixin private DatasetOptions dataset = new DatasetOptions();
  @Mixin private ModelOption model = new ModelOption();
  @Mixin private LayerOptions layers = new LayerOptions();

  @Mixin private InputOption input = new InputOption();
  @Mixin private BatchOption batch = new BatchOption();

  @Option(
      names = "--max-dead-letters",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "largest share of unusable records before the run fails; default 0.01")
  private double maxDeadLetters = 0.01;

  @Option(
      names = "--no-cache",
      description = "extract the features even if an earlier run left the same ones")
  private boolean noCache;

  Extraction resolve() throws IOException {
    if (!(maxDeadLetters >= 0 && maxDeadLetters <= 1)) {
      throw new InvalidInputException(
          "--max-dead-letters: expected a share of 0..1, got " + maxDeadLetters);
    }
    Path modelDir = model.directory();
    ModelInfo info = ModelInfo.read(modelDir);
    DatasetPlan plan = dataset.open();
    return new Extraction(
        plan,
        modelDir.toString(),
        info,
        layers.kinds(),
        layers.layers(info.architecture()),
        input.reading(),
        batch.size(),
        maxDeadLetters);
  }

  /** What to probe of the features that {@link #resolve} asks for. */
  List<ProbeInput> inputs(Extraction extraction) {
    return layers.choice(extraction.model().architecture()).inputs(extraction.kinds());
  }

  /** Where this user's feature sets are kept, or none with {@code --no-cache}. */
  FeatureSets featureSets(PipelineOptions options) {
    return noCache
        ? FeatureSets.uncached(options)
        : FeatureSets.cachedIn(FeatureCache.in(UserCache.directory()), options);
  }
}
