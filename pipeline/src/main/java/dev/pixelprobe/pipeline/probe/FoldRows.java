package dev.pixelprobe.pipeline.probe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A data set's predefined folds as rows of its training split. */
final class FoldRows {
  private FoldRows() {}

  /**
   * Finds the rows of each fold. Records that could not be read are in none.
   *
   * @param ids of the training rows, each ending in {@code #record}
   * @param folds record numbers
   */
  static List<int[]> of(List<String> ids, List<List<Integer>> folds) {
    if (folds.isEmpty()) {
      return List.of();
    }
    Map<Integer, Integer> rowByRecord = new HashMap<>();
    for (int row = 0; row < ids.size(); row++) {
      String id = ids.get(row);
      rowByRecord.put(Integer.parseInt(id.substring(id.lastIndexOf('#') + 1)), row);
    }
    List<int[]> rows = new ArrayList<>();
    for (List<Integer> fold : folds) {
      rows.add(
          fold.stream()
              .map(rowByRecord::get)
              .filter(Objects::nonNull)
              .mapToInt(Integer::intValue)
              .toArray());
    }
    return rows;
  }
}
