package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.storage.PublishedPages;
import dev.pixelprobe.pipeline.storage.Scratch;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of a report: it appears whole, and takes the place of an older one only then. */
final class ReportDirectory {
  /** What every report holds: a folder with both is one. */
  private static final List<String> MARKS = List.of("index.html", "summary.json");

  /** Writes a report. */
  @FunctionalInterface
  interface Content {
    void writeTo(Path dir) throws IOException;
  }

  private ReportDirectory() {}

  /**
   * Checks that a report may be put there.
   *
   * @throws InvalidInputException if it is a file, or a folder of something else
   */
  static void checked(Target out) throws IOException {
    if (out.isCloud()) {
      PublishedPages.at(out).check();
    } else if (!isReport(out.path())) {
      OutputDirectory.checked(out);
    }
  }

  private static boolean isReport(Path out) {
    return MARKS.stream().allMatch(mark -> Files.isRegularFile(out.resolve(mark)));
  }

  /** Puts a report in place, and says where all of it is. */
  static Target fill(Target out, Content content) throws IOException {
    if (out.isCloud()) {
      return fillInCloud(out, content);
    }
    fillHere(out.path(), content);
    return out;
  }

  private static Target fillInCloud(Target out, Content content) throws IOException {
    try (Scratch scratch = Scratch.create()) {
      content.writeTo(scratch.path());
      return Target.of(PublishedPages.at(out).publish(scratch.path()));
    }
  }

  private static void fillHere(Path out, Content content) throws IOException {
    try (AsideDirectory aside = AsideDirectory.of(out)) {
      Path written = Files.createDirectory(aside.path().resolve("new"));
      content.writeTo(written);
      Path replaced = aside.path().resolve("old");
      boolean replaces = isReport(out);
      if (replaces) {
        Files.move(out, replaced);
      }
      try {
        aside.publish(written);
      } catch (IOException e) {
        if (replaces) {
          Files.move(replaced, out);
        }
        throw e;
      }
    }
  }
}
