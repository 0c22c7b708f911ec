package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.eval.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GenerativeMetricsTest {
  private static final GenerativeMetrics.Options OPTIONS = new GenerativeMetrics.Options("test", 7);

  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {2, 3, 4, 6, 40})
  void allAreFiniteHoweverFewTheRows(int rows) {
    FeaturePair pair =
        new FeaturePair(
            Draws.normal(rows, 0, Draws.deviations(8, 1, 0.9), 1),
            Draws.normal(rows, 0.1, Draws.deviations(8, 1, 0.8), 2));

    List<Distance> distances = GenerativeMetrics.between(pair, OPTIONS);

    assertThat(distances)
        .allSatisfy(distance -> assertThat(distance.value()).isFinite())
        .extracting(Distance::metric)
        .contains("fid", "kid", "precision", "recall", "density", "coverage");
  }

  @Test
  void fewImagesComeWithWarnings() {
    FeaturePair pair =
        new FeaturePair(
            Draws.normal(9, 0, Draws.deviations(8, 1, 0.9), 1),
            Draws.normal(4, 0.1, Draws.deviations(8, 1, 0.8), 2));

    List<Distance> distances = GenerativeMetrics.between(pair, OPTIONS);

    String fewFake =
        "4 generated images for 8 features: meaningful only with many more images than features";
    assertThat(warnings(distances, "fid")).containsExactly(fewFake);
    assertThat(warnings(distances, "fid_infinity")).containsExactly(fewFake);
    assertThat(warnings(distances, "kid")).isEmpty();
    assertThat(warnings(distances, "precision")).isEmpty();
    assertThat(warnings(distances, "coverage")).containsExactly("k = 3 instead of 5: too few rows");
  }

  private static List<String> warnings(List<Distance> distances, String metric) {
    return distances.stream()
        .filter(distance -> distance.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .warnings();
  }

  @Test
  void statisticsOfTheRealImagesGiveTheSameDistance() {
    FeaturePair pair = Golden.pair();

    List<Distance> ofFeatures = GenerativeMetrics.between(pair, OPTIONS);
    List<Distance> ofStats =
        GenerativeMetrics.between(Draws.stats(pair.real()), pair.fake(), OPTIONS);

    assertThat(ofStats).extracting(Distance::metric).containsExactly("fid", "fid_infinity");
    assertThat(ofStats.get(0).value()).isEqualTo(ofFeatures.get(0).value());
    assertThat(ofStats.get(1).value()).isEqualTo(ofFeatures.get(1).value());
    assertThat(ofStats.get(0).nReal()).isNull();
  }

  @Test
  void otherWidthsAreRefusedByName() {
    Features real = Draws.normal(5, 0, new double[] {1, 1}, 1);
    Features fake = Draws.normal(5, 0, new double[] {1, 1, 1}, 1);

    assertThatThrownBy(() -> new FeaturePair(real, fake))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("draw", "2 features", "got 3");
    assertThatThrownBy(() -> GenerativeMetrics.between(Draws.stats(real), fake, OPTIONS))
        .isInstanceOf(InvalidInputException.class);
  }
}
