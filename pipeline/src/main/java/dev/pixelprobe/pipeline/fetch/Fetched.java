package dev.pixelprobe.pipeline.fetch;

import java.nio.file.Path;
import java.util.List;

/**
 * What a fetch came to.
 *
 * @param target the folder that is whole now
 * @param files what was got; empty if all was there before
 */
public record Fetched(Path target, List<FetchedFile> files) {
  public Fetched {
    files = List.copyOf(files);
  }
}
