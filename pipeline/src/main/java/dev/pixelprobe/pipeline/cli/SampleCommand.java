package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Sampler;
import dev.pixelprobe.pipeline.data.ImageList;
import dev.pixelprobe.pipeline.sample.Primes;
import dev.pixelprobe.pipeline.sample.SampleFormat;
import dev.pixelprobe.pipeline.sample.SamplesInfo;
import dev.pixelprobe.pipeline.sample.Sampling;
import dev.pixelprobe.pipeline.storage.Filling;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Images from the model. */
@Command(
    name = "sample",
    description = "Draw images from the model, or complete real ones.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SampleCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ModelOption model = new ModelOption();
  @Mixin private DeviceOptions device = new DeviceOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "how many images; needed but with --prime, where it defaults to all of them")
  private @Nullable Long count;

  @Mixin private SamplingFlags flags = new SamplingFlags();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "another seed, other images; default ${DEFAULT-VALUE}")
  private long seed;

  @ArgGroup(exclusive = false, heading = "To complete real images:%n")
  private @Nullable PrimeGroup prime;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "images drawn at once; default 64, fewer for large models")
  private @Nullable Integer batchSize;

  @Option(
      names = "--format",
      paramLabel = "png|tfrecord",
      defaultValue = "png",
      description = "default ${DEFAULT-VALUE}")
  private SampleFormat format = SampleFormat.PNG;

  @Option(
      names = "--out",
      paramLabel = "DIR|gs://..",
      required = true,
      description = "a new or empty directory")
  private Target out;

  /** The images to be completed. */
  static final class PrimeGroup {
    @Option(
        names = "--prime",
        paramLabel = "DIR|X.npy|gs://..",
        required = true,
        description = "PNG or JPEG files, or uint8 [N, n_px, n_px, 3]")
    private Source images;

    @Option(
        names = "--prime-rows",
        paramLabel = "R",
        description = "how many rows from above are given; default the upper half")
    private @Nullable Integer rows;

    @Option(
        names = "--resize",
        description = "bring images of another size to the model's, by its own filter")
    private boolean resize;

    Primes primes(int nPx) throws IOException {
      return new Primes(ImageList.open(images.location()), rows == null ? nPx / 2 : rows, resize);
    }
  }

  @Override
  public Integer call() throws IOException {
    OutputDirectory.checked(out);
    PipelineOptions options = device.pipelineOptions(main.invocation());
    Sampling sampling = sampling();
    try (Filling folder = Filling.of(out)) {
      SamplesInfo info = SampleStep.draw(sampling, folder.location(), options);
      folder.publish(SamplesInfo.NAME);
      System.out.printf(
          Locale.ROOT,
          "%s: %,d %s of %d x %d pixels in %.1f s, %,.0f tokens per second%n",
          out,
          info.count(),
          info.prime() == null ? "samples" : "completions",
          info.nPx(),
          info.nPx(),
          info.seconds(),
          info.tokensPerSecond());
    }
    return 0;
  }

  private Sampling sampling() throws IOException {
    ModelPlace place = model.place();
    ModelInfo info = ModelInfo.read(place.local());
    Sampler.requireCausal(info);
    info.requirePalette();
    Primes primes = prime == null ? null : prime.primes(info.architecture().nPx());
    Sampling sampling =
        new Sampling(
            place.location(),
            info,
            images(primes),
            flags.options(seed),
            batch(info),
            primes,
            format);
    if (primes != null) {
      primes.check(sampling.count(), info.tokenizer(place.local()));
    }
    return sampling;
  }

  private long images(@Nullable Primes primes) {
    if (count == null) {
      if (primes == null) {
        throw new InvalidInputException("--count: expected how many images to draw, got none");
      }
      return primes.images().size();
    }
    if (count < 1) {
      throw new InvalidInputException("--count: expected 1 or more, got " + count);
    }
    return count;
  }

  private int batch(ModelInfo info) {
    int images = batchSize == null ? Sampling.defaultBatchSize(info.architecture()) : batchSize;
    if (images < 1) {
      throw new InvalidInputException("--batch-size: expected 1 or more, got " + images);
    }
    return images;
  }
}
