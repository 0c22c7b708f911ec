package dev.pixelprobe.pipeline.suite;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a misspelt word may have meant. */
final class Spelling {
  private static final int MOST_EDITS = 2;

  private Spelling() {}

  /** The word that the fewest letters are to be changed for, if they are few. */
  static Optional<String> nearest(String word, List<String> words) {
    return words.stream()
        .min(Comparator.comparingInt(candidate -> edits(word, candidate)))
        .filter(candidate -> edits(word, candidate) <= MOST_EDITS);
  }

  /** Letters to be added, left out or changed: V. I. Levenshtein, 1966. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
