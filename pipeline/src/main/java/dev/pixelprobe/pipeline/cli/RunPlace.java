package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A name among the runs of a folder that no other process takes: {@code
 * 20260131T120000Z-weekly-0a1b2c3d}. Until it is closed a hidden file beside it says so.
 */
final class RunPlace implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DIGITS = 8;

  private final Target target;
  private final Target claim;

  private RunPlace(Target target, Target claim) {
    this.target = target;
    this.claim = claim;
  }

  /**
   * Takes the first name that is free.
   *
   * @param suite what the run belongs to
   * @param digest of what it measures
   */
  static RunPlace claim(Target runs, Instant started, String suite, String digest)
      throws IOException {
    String name = time(started) + "-" + suite + "-" + digest.substring(0, DIGITS);
    for (int i = 2; ; i++) {
      Target target = runs.resolve(i == 2 ? name : name + "-" + (i - 1));
      Target claim = runs.resolve("." + target.name() + ".claimed");
      if (!target.exists() && claim.create()) {
        return new RunPlace(target, claim);
      }
    }
  }

  /** As it begins the names of runs. */
  static String time(Instant started) {
    return TIME.format(started);
  }

  Target target() {
    return target;
  }

  @Override
  public void close() throws IOException {
    claim.delete();
  }
}
