package dev.pixelprobe.eval.report;

import dev.pixelprobe.eval.report.history.Run;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A file name for each run's page that any file system and any link can hold. */
final class RunPageNames {
  private static final int MOST_CHARACTERS = 100;

  private final Map<String, String> byRun;

  private RunPageNames(Map<String, String> byRun) {
    this.byRun = byRun;
  }

  static RunPageNames of(List<Run> runs) {
    Map<String, String> byRun = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Run run : runs) {
      String plain = run.name().replaceAll("[^A-Za-z0-9_-]+", "-");
      String cut = plain.substring(0, Math.min(MOST_CHARACTERS, plain.length()));
      String name = cut;
      for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = cut + "-" + i;
      }
      byRun.put(run.name(), name + ".html");
    }
    return new RunPageNames(byRun);
  }

  String of(Run run) {
    return Objects.requireNonNull(byRun.get(run.name()));
  }
}
