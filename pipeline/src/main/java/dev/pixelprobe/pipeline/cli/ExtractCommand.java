package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.pipeline.benchmark.FeatureSets;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.features.FeatureManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The feature set alone. */
@Command(
    name = "extract",
    description = "Extract the features of every layer into Parquet files.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExtractCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ExtractionOptions extractionOptions = new ExtractionOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "a new or empty directory")
  private Path out;

  @Override
  public Integer call() throws IOException {
    OutputDirectory.checked(out);
    PipelineOptions options = BeamOptions.of(main.invocation().beam());
    Extraction extraction = extractionOptions.resolve();
    FeatureSets sets = extractionOptions.featureSets(options);
    try (AsideDirectory aside = AsideDirectory.of(out)) {
      Path set = aside.path().resolve("features");
      FeatureManifest manifest = ExtractionStep.place(sets, extraction, set).manifest();
      aside.publish(set);
      System.out.printf(
          "%s: %d training and %d test images, %d columns of %d, %d dead letters%n",
          out,
          manifest.dataset().nTrain(),
          manifest.dataset().nTest(),
          manifest.layout().columns().size(),
          manifest.dim(),
          manifest.deadLetters().count());
    }
    return 0;
  }
}
