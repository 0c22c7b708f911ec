package dev.pixelprobe.pipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Free space where a run writes. */
final class DiskChecks {
  private static final double GIB = 1 << 30;

  private DiskChecks() {}

  /** Imported models and features. */
  static Finding cache() {
    Path cache = UserCache.directory();
    try {
      Files.createDirectories(cache);
    } catch (IOException e) {
      return Finding.fail(
          "disk",
          "cannot write the cache in " + cache,
          "set PIXELPROBE_CACHE to a writable folder");
    }
    return free(
        "the cache", cache, 2, "set PIXELPROBE_CACHE to a writable folder on a larger disk");
  }

  /** What Flink sets aside. */
  static Finding temporary() {
    return free(
        "temporary files",
        Path.of(System.getProperty("java.io.tmpdir")),
        1,
        "set JAVA_TOOL_OPTIONS=-Djava.io.tmpdir= to a writable folder on a larger disk");
  }

  /** Reports, and what is fetched. */
  static Finding here() {
    return free(
        "results", Path.of("").toAbsolutePath(), 1, "work in, or give --out, a larger disk");
  }

  static Finding free(String what, Path folder, int gibWanted, String advice) {
    try {
      double gib = Files.getFileStore(folder).getUsableSpace() / GIB;
      String found = String.format(Locale.ROOT, "%.1f GiB free for %s in %s", gib, what, folder);
      if (!Files.isWritable(folder)) {
        return Finding.fail("disk", "cannot write %s in %s".formatted(what, folder), advice);
      }
      return gib >= gibWanted ? Finding.ok("disk", found) : Finding.note("disk", found, advice);
    } catch (IOException e) {
      return Finding.fail("disk", "cannot write %s in %s".formatted(what, folder), advice);
    }
  }
}
