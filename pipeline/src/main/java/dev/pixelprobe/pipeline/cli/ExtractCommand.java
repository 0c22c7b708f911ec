package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.pipeline.benchmark.FeatureSets;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.features.FeatureManifest;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The feature set alone. */
@Command(
    name = "extract",
    description = "Extract the features of every layer into Parquet files.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExtractCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec command;
  @Mixin private ExtractionOptions extractionOptions = new ExtractionOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR|gs://..",
      required = true,
      description = "a new or empty directory")
  private Target out;

  @Override
  public Integer call() throws IOException {
    OutputDirectory.checked(out);
    PipelineOptions options = extractionOptions.pipelineOptions(main.invocation());
    Extraction extraction = extractionOptions.resolve(command.commandLine().getParseResult());
    FeatureSets sets = extractionOptions.featureSets(options);
    FeatureManifest manifest =
        out.isCloud()
            ? ExtractionStep.place(sets, extraction, out.location()).manifest()
            : placeHere(sets, extraction);
    System.out.printf(
        "%s: %d training and %d test images, %d columns of %s, %d dead letters%n",
        out,
        manifest.dataset().nTrain(),
        manifest.dataset().nTest(),
        manifest.columns().size(),
        dims(manifest),
        manifest.deadLetters().count());
    return 0;
  }

  private FeatureManifest placeHere(FeatureSets sets, Extraction extraction) throws IOException {
    try (AsideDirectory aside = AsideDirectory.of(out.path())) {
      Path set = aside.path().resolve("features");
      FeatureManifest manifest = ExtractionStep.place(sets, extraction, set.toString()).manifest();
      aside.publish(set);
      return manifest;
    }
  }

  private static String dims(FeatureManifest manifest) {
    return manifest.columns().stream()
        .map(column -> String.valueOf(column.dim()))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
