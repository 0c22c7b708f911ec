package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.pipeline.features.DigestCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** Summaries, made only where the cache does not hold them already. */
public final class Summaries {
  private final Optional<DigestCache> cache;
  private final Path scratch;
  private final PipelineOptions options;

  private Summaries(Optional<DigestCache> cache, Path scratch, PipelineOptions options) {
    this.cache = cache;
    this.scratch = scratch;
    this.options = options;
  }

  /**
   * Keeps what is made.
   *
   * @param directory of the cache, which need not exist yet
   */
  public static Summaries cachedIn(Path directory, PipelineOptions options) {
    Path entries = directory.resolve("summaries");
    return new Summaries(
        Optional.of(new DigestCache(entries, SummaryFiles::isComplete)), entries, options);
  }

  /**
   * Keeps nothing.
   *
   * @param scratch beside this path a directory is made for as long as a pipeline runs
   */
  public static Summaries uncached(Path scratch, PipelineOptions options) {
    return new Summaries(Optional.empty(), scratch, options);
  }

  /** Whether {@link #of} need not run the model. */
  public boolean has(Summarizing summarizing) throws IOException {
    return cache.isPresent() && cache.get().lookup(summarizing.digest()).isPresent();
  }

  /**
   * The summary.
   *
   * @throws dev.pixelprobe.model.InvalidInputException if there are fewer than two images, or too
   *     many records were unusable
   */
  public Summarizing.Summarized of(Summarizing summarizing) throws IOException {
    if (cache.isEmpty()) {
      try (AsideDirectory work = AsideDirectory.of(scratch)) {
        summarizing.writeTo(work.path(), options);
        return summarizing.read(work.path());
      }
    }
    String digest = summarizing.digest();
    Optional<Path> cached = cache.get().lookup(digest);
    return summarizing.read(
        cached.isPresent()
            ? cached.get()
            : cache.get().publish(digest, aside -> summarizing.writeTo(aside, options)));
  }
}
