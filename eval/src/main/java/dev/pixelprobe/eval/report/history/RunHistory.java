package dev.pixelprobe.eval.report.history;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.report.history.Unread.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All runs of a folder.
 *
 * @param runs by start, end and name
 * @param unread by name
 */
public record RunHistory(List<Run> runs, List<Unread> unread) {
  private static final Comparator<Run> BY_TIME =
      Comparator.comparing(Run::started)
          .thenComparing(run -> run.provenance().finished())
          .thenComparing(Run::name);

  /** What a run leaves even if it is cut short. */
  private static final List<String> TRACES =
      List.of("results.json", "run.log", "features", "samples", "dead-letters");

  public RunHistory {
    runs = List.copyOf(runs);
    unread = List.copyOf(unread);
  }

  /**
   * Reads the folders in {@code dir}; files and hidden folders are passed over, and so is a report
   * that lies among the runs.
   *
   * @throws InvalidInputException if there is not one run that can be read
   */
  public static RunHistory read(Path dir) throws IOException {
    if (!Files.isDirectory(dir)) {
      throw nothing(dir, Files.exists(dir) ? "a file" : "nothing");
    }
    if (Files.exists(dir.resolve("results.json"))) {
      throw new InvalidInputException(
          "--runs %s: expected a folder of runs, got a run; name the folder it lies in"
              .formatted(dir));
    }
    List<Run> runs = new ArrayList<>();
    List<Unread> unread = new ArrayList<>();
    for (Path folder : folders(dir)) {
      try {
        if (Files.exists(folder.resolve("results.json"))) {
          runs.add(Run.read(folder));
        } else if (!Files.exists(folder.resolve("summary.json"))) {
          unread.add(withoutResults(folder));
        }
      } catch (InvalidInputException e) {
        unread.add(unreadable(folder, String.valueOf(e.getMessage())));
      }
    }
    if (runs.isEmpty()) {
      throw nothing(dir, described(unread));
    }
    runs.sort(BY_TIME);
    return new RunHistory(runs, unread);
  }

  private static List<Path> folders(Path dir) throws IOException {
    try (Stream<Path> entries = Files.list(dir)) {
      return entries
          .filter(entry -> Files.isDirectory(entry))
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static Unread withoutResults(Path folder) {
    String name = folder.getFileName().toString();
    return TRACES.stream().anyMatch(trace -> Files.exists(folder.resolve(trace)))
        ? new Unread(name, Reason.CUT_SHORT, "no results.json: the run was cut short, or goes on")
        : new Unread(name, Reason.NO_RUN, "holds nothing that a run leaves");
  }

  private static Unread unreadable(Path folder, String message) {
    String withoutPath = message.replace(folder + folder.getFileSystem().getSeparator(), "");
    return new Unread(folder.getFileName().toString(), Reason.DAMAGED, withoutPath);
  }

  private static InvalidInputException nothing(Path dir, String got) {
    return new InvalidInputException(
        "--runs %s: expected a folder of runs, each with its results.json, got %s; `pixelprobe run` leaves one in runs"
            .formatted(dir, got));
  }

  private static String described(List<Unread> unread) {
    return unread.isEmpty()
        ? "no folder in it"
        : "%d folders of which none could be read, first %s (%s)"
            .formatted(unread.size(), unread.get(0).name(), unread.get(0).detail());
  }

  /** The runs of each model and data set, in the order of time. */
  public Map<Run.Subject, List<Run>> bySubject() {
    return runs.stream()
        .collect(Collectors.groupingBy(Run::subject, LinkedHashMap::new, Collectors.toList()));
  }
}
