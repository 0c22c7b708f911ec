package dev.pixelprobe.eval.report.history;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.results.JsonFile;
import dev.pixelprobe.eval.results.Provenance;
import dev.pixelprobe.eval.results.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run. Of its results only the figures are kept: those of CIFAR-100 take megabytes.
 *
 * @param name of its folder
 * @param figures in the order in which they are shown
 */
public record Run(
    String name, Path folder, Instant started, Provenance provenance, List<Figure> figures) {
  private static final long MOST_BYTES = 256L << 20;

  public Run {
    figures = List.copyOf(figures);
  }

  /**
   * Reads a run's folder.
   *
   * @throws InvalidInputException if its results.json is damaged or of another schema
   */
  static Run read(Path folder) throws IOException {
    return read(folder, folder.getFileName().toString());
  }

  /** Reads a folder whose run is called otherwise. */
  public static Run read(Path folder, String name) throws IOException {
    Path file = folder.resolve("results.json");
    if (Files.size(file) > MOST_BYTES) {
      throw damaged(file, "at most 256 MiB", Files.size(file) + " bytes");
    }
    Results results = JsonFile.readResults(file);
    List<Figure> figures = Figures.of(results);
    for (Figure figure : figures) {
      if (!Double.isFinite(figure.value())) {
        throw damaged(file, "finite numbers", figure.value() + " for " + figure.label());
      }
    }
    return new Run(name, folder, started(file, results), results.provenance(), figures);
  }

  private static Instant started(Path file, Results results) {
    try {
      return Instant.parse(results.provenance().started());
    } catch (DateTimeParseException e) {
      throw damaged(file, "a start in ISO 8601", results.provenance().started());
    }
  }

  private static InvalidInputException damaged(Path file, String expected, String got) {
    return new InvalidInputException(
        "%s: expected %s, got %s; run the benchmark again".formatted(file, expected, got));
  }

  /** All of its results, read once more. */
  public Results results() throws IOException {
    return JsonFile.readResults(folder.resolve("results.json"));
  }

  /**
   * Its predictions, image by image, if it left any.
   *
   * @throws InvalidInputException if the file is damaged
   */
  public Optional<Predictions> predictions() throws IOException {
    return Predictions.read(folder);
  }

  /**
   * What each test image cost, if it kept that.
   *
   * @throws InvalidInputException if the file is damaged
   */
  public Optional<NatsPerImage> nats() throws IOException {
    return NatsPerImage.read(folder);
  }

  public Subject subject() {
    return new Subject(
        provenance.model().name(), provenance.dataset().name(), provenance.variant());
  }

  /**
   * Runs of equal subject are compared with each other.
   *
   * @param variant what sets it apart from others of the model and data set; null if nothing does
   */
  public record Subject(String model, String dataset, @Nullable String variant) {
    /** {@code igpt-s on cifar10, few labels}. */
    public String label() {
      return model + " on " + dataset + (variant == null ? "" : ", " + variant);
    }
  }
}
