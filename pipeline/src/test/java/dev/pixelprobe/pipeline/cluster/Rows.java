package dev.pixelprobe.pipeline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.features.FeatureTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Compares what two runs left, bit for bit. */
final class Rows {
  private Rows() {}

  static void assertSameFeatures(Path actual, Path expected) throws IOException {
    FeatureReader a = FeatureReader.open(actual.resolve("features").toString());
    FeatureReader b = FeatureReader.open(expected.resolve("features").toString());
    List<String> columns = b.manifest().columns().stream().map(FeatureColumn::name).toList();
    assertThat(a.manifest().digest()).isEqualTo(b.manifest().digest());
    for (Split split : Split.values()) {
      for (String column : columns) {
        assertSame(a.features(split, List.of(column)), b.features(split, List.of(column)));
      }
      assertSame(a.pixels(split), b.pixels(split));
      assertSame(a.natsPerToken(split), b.natsPerToken(split));
    }
  }

  /** Rows come sorted by id; an id that is there twice is refused by the reader. */
  private static void assertSame(FeatureTable actual, FeatureTable expected) {
    assertThat(actual.ids()).isEqualTo(expected.ids());
    assertThat(actual.labels()).isEqualTo(expected.labels());
    assertThat(actual.values()).isEqualTo(expected.values());
  }

  static void assertSameScores(Path actual, Path expected) throws IOException {
    for (String part : List.of("probes", "best_probe", "baselines", "generative", "dead_letters")) {
      assertThat(results(actual).get(part)).as(part).isEqualTo(results(expected).get(part));
    }
  }

  static JsonNode results(Path run) throws IOException {
    return new JsonMapper().readTree(run.resolve("results.json").toFile());
  }
}
