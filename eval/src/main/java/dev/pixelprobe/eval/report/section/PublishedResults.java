package dev.pixelprobe.eval.report.section;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Results that others have published, as they published them. */
record PublishedResults(List<Dataset> datasets) {
  static final PublishedResults ALL = load();

  /**
   * A data set as published results used it.
   *
   * @param name as in {@code --dataset}
   * @param train images, as {@code test}
   */
  record Dataset(
      String name, String label, int train, int test, String source, List<Result> results) {
    List<Result> withAllLabels() {
      return results.stream().filter(result -> result.labels() == null).toList();
    }

    List<Result> withFewLabels() {
      return results.stream().filter(result -> result.labels() != null).toList();
    }
  }

  /**
   * Test accuracy of a linear probe.
   *
   * @param labels training labels in all; null for all there are
   */
  record Result(String model, double accuracy, @Nullable Integer labels) {}

  Optional<Dataset> dataset(String name) {
    return datasets.stream().filter(dataset -> dataset.name().equals(name)).findFirst();
  }

  private static PublishedResults load() {
    try (InputStream in =
        Objects.requireNonNull(
            PublishedResults.class.getResourceAsStream("published.json"), "published.json")) {
      return JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build()
          .readValue(in, PublishedResults.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
