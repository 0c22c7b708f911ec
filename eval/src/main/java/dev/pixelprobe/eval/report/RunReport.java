package dev.pixelprobe.eval.report;

import dev.pixelprobe.eval.report.history.Run;
import dev.pixelprobe.eval.report.page.PageWriter;
import dev.pixelprobe.eval.report.section.RunPage;
import java.io.IOException;
import java.nio.file.Path;

/** The page of a single run, beside its results. */
public final class RunReport {
  /** In the run's folder. */
  public static final String FILE = "report.html";

  private RunReport() {}

  /**
   * Writes {@value #FILE}: one file that needs no other.
   *
   * @param folder holds results.json and what else the run left
   * @param name what the run is called
   */
  public static void write(Path folder, String name) throws IOException {
    Run run = Run.read(folder, name);
    new PageWriter("Made by pixelprobe %s.".formatted(run.provenance().version()))
        .write(RunPage.alone(run), folder.resolve(FILE));
  }
}
