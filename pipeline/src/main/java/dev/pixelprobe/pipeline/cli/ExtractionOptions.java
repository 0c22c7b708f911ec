package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.pipeline.benchmark.FeatureSets;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.features.FeatureCache;
import java.io.IOException;
import java.nio.file.Path;
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

  @Mixin private DeadLetterOption deadLetters = new DeadLetterOption();

  @Option(
      names = "--no-cache",
      description = "extract the features even if an earlier run left the same ones")
  private boolean noCache;

  Extraction resolve() throws IOException {
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
        deadLetters.limit().share());
  }

  /** Where this user's feature sets are kept, or none with {@code --no-cache}. */
  FeatureSets featureSets(PipelineOptions options) {
    return noCache
        ? FeatureSets.uncached(options)
        : FeatureSets.cachedIn(FeatureCache.in(UserCache.directory()), options);
  }
}
