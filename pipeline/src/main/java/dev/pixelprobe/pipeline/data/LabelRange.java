package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.io.Serializable;

/**
 * The labels a data set may use.
 *
 * @param first what its files call the first class: 0, or 1 in STL-10
 * @param classes how many there are; 0 if unknown
 */
record LabelRange(String dataset, int first, int classes) implements Serializable {

  static LabelRange of(String dataset, int classes) {
    return new LabelRange(dataset, 0, classes);
  }

  /**
   * Turns a label as stored into one counted from 0.
   *
   * @throws InvalidInputException if it is none of the data set's
   */
  int check(long label, String shard, long record) {
    long index = label - first;
    if (index < 0 || index > Integer.MAX_VALUE || (classes > 0 && index >= classes)) {
      String range = classes > 0 ? first + ".." + (first + classes - 1) : first + " or more";
      throw new InvalidInputException(
          "%s record %d: expected a label in %s, got %d; check that the file is whole and of %s"
              .formatted(shard, record, range, label, dataset));
    }
    return (int) index;
  }
}
