package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.pipeline.features.DigestCache;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.files.WorkFolder;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** Summaries, made only where the cache does not hold them already. */
public final class Summaries {
  private final Optional<DigestCache> cache;
  private final String scratch;
  private final PipelineOptions options;

  private Summaries(Optional<DigestCache> cache, String scratch, PipelineOptions options) {
    this.cache = cache;
    this.scratch = scratch;
    this.options = options;
  }

  /**
   * Keeps what is made.
   *
   * @param location of the cache, which need not exist yet: an absolute local path, or a {@code
   *     gs://} URI
   */
  public static Summaries cachedIn(String location, PipelineOptions options) {
    String entries = Folder.at(location).child("summaries").location();
    return new Summaries(
        Optional.of(DigestCache.in(entries, SummaryFiles::isComplete)), entries, options);
  }

  /**
   * Keeps nothing.
   *
   * @param scratch beside this location, where every worker can write, a folder is made for as long
   *     as a pipeline runs
   */
  public static Summaries uncached(String scratch, PipelineOptions options) {
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
      try (WorkFolder work = WorkFolder.beside(scratch)) {
        summarizing.writeTo(work.location(), options);
        return summarizing.read(work.location());
      }
    }
    String digest = summarizing.digest();
    Optional<String> cached = cache.get().lookup(digest);
    return summarizing.read(
        cached.isPresent()
            ? cached.get()
            : cache.get().publish(digest, aside -> summarizing.writeTo(aside, options)));
  }
}
