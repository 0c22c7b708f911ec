package dev.pixelprobe.pipeline.benchmark;

import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.features.FeatureCache;
import dev.pixelprobe.pipeline.files.Folder;
import java.io.IOException;
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
   * Puts a feature set into a folder that is not there yet, extracting it if need be. What is
   * extracted is kept in the cache, if there is one. A failure leaves nothing in a bucket.
   *
   * @param location where every worker can write: an absolute local path, or a {@code gs://} URI
   * @throws dev.pixelprobe.model.InvalidInputException if too many records were unusable, or a
   *     split is empty
   */
  public void place(Extraction extraction, String location) throws IOException {
    if (cache.isEmpty()) {
      extract(extraction, Folder.at(location));
      return;
    }
    String digest = extraction.digest();
    Optional<String> cached = cache.get().lookup(digest);
    String set =
        cached.isPresent()
            ? cached.get()
            : cache.get().publish(digest, aside -> extraction.writeTo(aside, options));
    extraction.check(set);
    FeatureCache.place(set, location);
  }

  private void extract(Extraction extraction, Folder folder) throws IOException {
    try {
      extraction.writeTo(folder.location(), options);
    } catch (IOException | RuntimeException e) {
      if (folder.isRemote()) {
        folder.deleteAfter(e);
      }
      throw e;
    }
  }
}
