package dev.pixelprobe.pipeline.benchmark;

import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.features.FeatureCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** Feature sets, extracted only where the cache does not hold them already. */
public final class FeatureSets {
  private final Optional<FeatureCache> cache;
  private final PipelineOptions options;

  private FeatureSets(Optional<FeatureCache> cache, PipelineOptions options) {
    this.cache = cache;
    this.options = options;
  }

  public static FeatureSets cachedIn(FeatureCache cache, PipelineOptions options) {
    return new FeatureSets(Optional.of(cache), options);
  }

  public static FeatureSets uncached(PipelineOptions options) {
    return new FeatureSets(Optional.empty(), options);
  }

  /** Whether {@link #place} has nothing to extract. */
  public boolean has(Extraction extraction) throws IOException {
    return cache.isPresent() && cache.get().lookup(extraction.digest()).isPresent();
  }

  /**
   * Puts a feature set into a directory that does not exist yet, extracting it if need be. What is
   * extracted is kept in the cache, if there is one.
   *
   * @throws dev.pixelprobe.model.InvalidInputException if too many records were unusable, or a
   *     split is empty
   */
  public void place(Extraction extraction, Path directory) throws IOException {
    if (cache.isEmpty()) {
      Files.createDirectories(directory);
      extraction.writeTo(directory, options);
      return;
    }
    String digest = extraction.digest();
    Optional<Path> cached = cache.get().lookup(digest);
    Path set =
        cached.isPresent()
            ? cached.get()
            : cache.get().publish(digest, aside -> extraction.writeTo(aside, options));
    extraction.check(set);
    FeatureCache.linkInto(set, directory);
  }
}
