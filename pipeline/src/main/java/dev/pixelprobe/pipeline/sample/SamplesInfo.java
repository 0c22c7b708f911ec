package dev.pixelprobe.pipeline.sample;

import dev.pixelprobe.model.SamplingOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a folder of samples says of itself, in {@value #NAME}.
 *
 * @param schema {@value #SCHEMA}
 * @param topK 0 for all colours
 * @param prime null where whole images were drawn
 * @param seconds of wall clock, from the start of the pipeline to its end
 * @param tokensPerSecond drawn tokens by those seconds
 */
public record SamplesInfo(
    String schema,
    long count,
    int nPx,
    SampleFormat format,
    long seed,
    double temperature,
    int topK,
    double topP,
    int batchSize,
    Model model,
    String paletteDigest,
    @Nullable Prime prime,
    double seconds,
    double tokensPerSecond) {
  public static final String NAME = "samples.json";
  static final String SCHEMA = "pixelprobe/samples/1";

  /** The model that drew them. */
  public record Model(String name, String digest) {}

  /**
   * What was given.
   *
   * @param images how many real images there are to complete
   * @param rows of each
   */
  public record Prime(int images, int rows) {}

  static SamplesInfo of(Sampling sampling, double seconds) {
    SamplingOptions options = sampling.options();
    Primes primes = sampling.primes();
    return new SamplesInfo(
        SCHEMA,
        sampling.count(),
        sampling.model().architecture().nPx(),
        sampling.format(),
        options.seed(),
        options.temperature(),
        options.topK(),
        options.topP(),
        sampling.batchSize(),
        new Model(sampling.model().name(), sampling.model().digest()),
        sampling.model().requirePalette(),
        primes == null ? null : new Prime(primes.images().size(), primes.rows()),
        seconds,
        sampling.tokens() / seconds);
  }
}
