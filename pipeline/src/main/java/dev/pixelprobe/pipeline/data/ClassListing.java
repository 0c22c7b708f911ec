package dev.pixelprobe.pipeline.data;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The images of one split's class folders, by turns one of each class, so that the first so many
 * are balanced.
 *
 * @param classNames sorted
 * @param entries {@code class name/file}, sorted by position in the class, then by class
 */
record ClassListing(String folder, List<String> classNames, List<String> entries) {

  static ClassListing of(String folder, List<String> sortedEntries) {
    TreeMap<String, List<String>> classes = new TreeMap<>();
    for (String entry : sortedEntries) {
      classes.computeIfAbsent(classOf(entry), name -> new ArrayList<>()).add(entry);
    }
    List<String> entries = new ArrayList<>();
    for (int turn = 0; entries.size() < sortedEntries.size(); turn++) {
      for (List<String> files : classes.values()) {
        if (turn < files.size()) {
          entries.add(files.get(turn));
        }
      }
    }
    return new ClassListing(folder, List.copyOf(classes.keySet()), entries);
  }

  static String classOf(String entry) {
    return entry.substring(0, entry.indexOf('/'));
  }
}
