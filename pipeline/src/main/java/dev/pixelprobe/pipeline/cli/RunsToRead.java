package dev.pixelprobe.pipeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a report reads of a folder of runs, so that no more is copied from Cloud Storage: of a run
 * all but its features, samples and log; of one without results a trace that it was there.
 */
final class RunsToRead {
  private static final Pattern UNREAD =
      Pattern.compile("run\\.log|features/.*|samples/(?!contact-sheet\\.png$).*");

  /** Small files that tell an unfinished run, or an older report, from anything else. */
  private static final Set<String> TRACES =
      Set.of(
          "run.log",
          "summary.json",
          "features/features.json",
          "samples/samples.json",
          DeadLetterFolder.PATH);

  private RunsToRead() {}

  /**
   * The names that are wanted, of all below the folder.
   *
   * @param names with forward slashes
   */
  static List<String> of(List<String> names) {
    Map<String, List<String>> folders =
        names.stream()
            .filter(name -> name.indexOf('/') > 0 && !name.startsWith("."))
            .collect(
                Collectors.groupingBy(
                    name -> name.substring(0, name.indexOf('/')),
                    TreeMap::new,
                    Collectors.mapping(
                        name -> name.substring(name.indexOf('/') + 1), Collectors.toList())));
    List<String> wanted = new ArrayList<>();
    folders.forEach((folder, files) -> wanted(files).forEach(f -> wanted.add(folder + "/" + f)));
    if (names.contains("results.json")) {
      wanted.add("results.json");
    }
    return wanted;
  }

  /** Whether a report reads a file of a run, by its name below the run's folder. */
  static boolean isRead(String name) {
    return !UNREAD.matcher(name).matches();
  }

  private static Stream<String> wanted(List<String> files) {
    if (files.contains("results.json")) {
      return files.stream().filter(RunsToRead::isRead);
    }
    boolean isReport = files.contains("index.html");
    return isReport ? Stream.empty() : files.stream().filter(TRACES::contains);
  }
}
