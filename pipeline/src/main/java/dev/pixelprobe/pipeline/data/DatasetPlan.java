package dev.pixelprobe.pipeline.data;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What will be read of a data set, settled before the pipeline starts.
 *
 * @param classNames by label; empty if the data set does not name its classes
 * @param slices each record within the limits is in exactly one
 * @param counts images per split as far as known before reading, damaged records included
 * @param folds predefined training folds as record numbers of the training file; empty without
 * @param digest SHA-256 in hex of the files' contents and the limits: same digest, same images
 */
public record DatasetPlan(
    String name,
    List<String> classNames,
    List<Slice> slices,
    Map<Split, Long> counts,
    List<List<Integer>> folds,
    String digest,
    SliceReader reader) {

  public DatasetPlan {
    classNames = List.copyOf(classNames);
    slices = List.copyOf(slices);
    counts = Map.copyOf(counts);
    folds = folds.stream().map(List::copyOf).toList();
  }

  /** One split of it; the digest stays that of the whole. */
  public DatasetPlan only(Split split) {
    Long count = counts.get(split);
    return new DatasetPlan(
        name,
        classNames,
        slices.stream().filter(slice -> slice.split() == split).toList(),
        count == null ? Map.of() : Map.of(split, count),
        folds,
        digest,
        reader);
  }

  /** Empty where only reading can tell. */
  public OptionalLong count(Split split) {
    Long count = counts.get(split);
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
