package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Sampler;
import dev.pixelprobe.pipeline.distance.Extractor;
import dev.pixelprobe.pipeline.distance.Extractors;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.extract.FrozenImageGpt;
import dev.pixelprobe.pipeline.extract.FrozenModel;
import dev.pixelprobe.pipeline.sample.SampleFormat;
import dev.pixelprobe.pipeline.sample.Sampling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many images a benchmark draws, and how. */
final class SampleStageOptions {
  private static final int DEFAULT_COUNT = 64;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "images to draw from the model and compare with the test images; 0 for none; default "
              + DEFAULT_COUNT
              + " if the model can draw")
  private @Nullable Integer count;

  @Option(
      names = "--extractor",
      paramLabel = "igpt|inception",
      split = ",",
      defaultValue = "igpt",
      description =
          "what samples and test images are compared by: the model's own middle layer, the network"
              + " of FID, or both; default ${DEFAULT-VALUE}")
  private List<Kind> extractors = List.of(Kind.IGPT);

  @Mixin private InceptionOptions inception = new InceptionOptions();
  @Mixin private SamplingFlags flags = new SamplingFlags();

  /** What makes the features. */
  private enum Kind {
    IGPT,
    INCEPTION;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is to be drawn, and how it is compared; empty if nothing is drawn.
   *
   * @throws InvalidInputException if images are asked for that the model cannot draw
   */
  Optional<SampleStage> plan(Extraction extraction, long seed) throws IOException {
    if (count != null && (count < 0 || count == 1)) {
      throw new InvalidInputException("--samples: expected 0, or 2 or more, got " + count);
    }
    FrozenModel model = extraction.model();
    if (Integer.valueOf(0).equals(count) || (count == null && !canDraw(model))) {
      return Optional.empty();
    }
    if (!(model instanceof FrozenImageGpt gpt)) {
      throw new InvalidInputException(
          "--samples: expected an Image GPT to draw from, got model %s; leave the flag out"
              .formatted(model.described().name()));
    }
    return Optional.of(new SampleStage(extraction, sampling(gpt, seed), extractors(gpt)));
  }

  private List<Extractor> extractors(FrozenImageGpt gpt) throws IOException {
    List<Extractor> chosen = new ArrayList<>();
    for (Kind kind : EnumSet.copyOf(extractors)) {
      chosen.add(
          switch (kind) {
            case IGPT -> Extractors.nearestToTheMiddle(gpt);
            case INCEPTION -> inception.extractor(null, Precision.F32);
          });
    }
    return chosen;
  }

  private static boolean canDraw(FrozenModel model) {
    return model instanceof FrozenImageGpt gpt && gpt.model().architecture().causal();
  }

  private Sampling sampling(FrozenImageGpt gpt, long seed) {
    ModelInfo model = gpt.model();
    Sampler.requireCausal(model);
    return new Sampling(
        gpt.modelDir(),
        model,
        count == null ? DEFAULT_COUNT : count,
        flags.options(seed),
        Sampling.defaultBatchSize(model.architecture()),
        null,
        SampleFormat.PNG);
  }
}
