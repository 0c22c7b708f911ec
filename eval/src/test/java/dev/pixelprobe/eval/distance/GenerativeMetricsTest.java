package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.eval.InvalidInputException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GenerativeMetricsTest {
  private static final GenerativeMetrics.Options OPTIONS = new GenerativeMetrics.Options("test", 7);

  private static List<Distance> between(Features real, Features fake) {
    return GenerativeMetrics.between(FeatureSummary.of(real), FeatureSummary.of(fake), OPTIONS);
  }

  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {2, 3, 4, 6, 40})
  void allAreFiniteHoweverFewTheRows(int rows) {
    List<Distance> distances =
        between(
            Draws.normal(rows, 0, Draws.deviations(8, 1, 0.9), 1),
            Draws.normal(rows, 0.1, Draws.deviations(8, 1, 0.8), 2));

    assertThat(distances)
        .allSatisfy(distance -> assertThat(distance.value()).isFinite())
        .extracting(Distance::metric)
        .contains("fid", "kid", "precision", "recall", "density", "coverage");
  }

  @Test
  void fewImagesComeWithWarnings() {
    List<Distance> distances =
        between(
            Draws.normal(9, 0, Draws.deviations(8, 1, 0.9), 1),
            Draws.normal(4, 0.1, Draws.deviations(8, 1, 0.8), 2));

    String fewFake =
        "4 generated images for 8 features: meaningful only with many more images than features";
    assertThat(named(distances, "fid").warnings()).containsExactly(fewFake);
    assertThat(named(distances, "fid_infinity").warnings()).containsExactly(fewFake);
    assertThat(named(distances, "kid").warnings()).isEmpty();
    assertThat(named(distances, "precision").warnings()).isEmpty();
    assertThat(named(distances, "coverage").warnings())
        .containsExactly("k = 3 instead of 5: too few rows");
  }

  private static Distance named(List<Distance> distances, String metric) {
    return distances.stream()
        .filter(distance -> distance.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void statisticsOfTheRealImagesGiveTheSameDistance() {
    FeaturePair pair = Golden.pair();

    List<Distance> ofFeatures = between(pair.real(), pair.fake());
    List<Distance> ofStats =
        GenerativeMetrics.between(
            FeatureSummary.of("stats.npz", Draws.stats(pair.real())),
            FeatureSummary.of(pair.fake()),
            OPTIONS);

    assertThat(ofStats).extracting(Distance::metric).containsExactly("fid", "fid_infinity");
    assertThat(ofStats.get(0).value()).isEqualTo(ofFeatures.get(0).value());
    assertThat(ofStats.get(1).value()).isEqualTo(ofFeatures.get(1).value());
    assertThat(ofStats.get(0).nReal()).isNull();
  }

  @Test
  void statisticsAloneGiveTheDistanceAlone() {
    FeaturePair pair = Golden.pair();
    FeatureSummary real = FeatureSummary.of("real.npz", Draws.stats(pair.real()));
    FeatureSummary fake = FeatureSummary.of("fake.npz", Draws.stats(pair.fake()));

    List<Distance> distances = GenerativeMetrics.between(real, fake, OPTIONS);

    assertThat(distances).extracting(Distance::metric).containsExactly("fid");
    assertThat(distances.get(0).value())
        .isEqualTo(between(pair.real(), pair.fake()).get(0).value());
    assertThat(distances.get(0).nReal()).isNull();
    assertThat(distances.get(0).nFake()).isNull();
    assertThat(distances.get(0).ci95()).isNull();
  }

  @Test
  void aPartOfTheFeaturesLeavesFidAsItIsAndSaysWhatTheOthersAreOf() {
    FeaturePair pair = Golden.pair();
    Features logits = Draws.normal(700, 0, new double[] {1, 1, 1}, 3);
    FeatureSummary real = keeping(600, pair.real(), null);
    FeatureSummary fake = keeping(500, pair.fake(), logits);
    String partOfReal = "from 600 of 900 real images, drawn at random";
    String partOfFake = "from 500 of 700 generated images, drawn at random";

    List<Distance> distances = GenerativeMetrics.between(real, fake, OPTIONS);

    Distance fid = named(distances, "fid");
    Distance ofAll = named(between(pair.real(), pair.fake()), "fid");
    assertThat(fid.value()).isEqualTo(ofAll.value());
    assertThat(fid.nReal()).isEqualTo(900);
    assertThat(fid.nFake()).isEqualTo(700);
    assertThat(fid.warnings()).containsExactly("interval " + partOfReal, "interval " + partOfFake);
    Distance infinity = named(distances, "fid_infinity");
    assertThat(infinity.nReal()).isEqualTo(900);
    assertThat(infinity.nFake()).isEqualTo(500);
    assertThat(infinity.warnings()).containsExactly(partOfFake);
    for (String metric : List.of("kid", "precision", "recall", "density", "coverage")) {
      assertThat(named(distances, metric).nReal()).isEqualTo(600);
      assertThat(named(distances, metric).nFake()).isEqualTo(500);
      assertThat(named(distances, metric).warnings()).containsExactly(partOfReal, partOfFake);
    }
    assertThat(named(distances, "inception_score").warnings())
        .containsExactly("1 split instead of 10", partOfFake);
    FeaturePair part = new FeaturePair(first(600, pair.real()), first(500, pair.fake()));
    assertThat(named(distances, "kid").value())
        .isEqualTo(named(between(part.real(), part.fake()), "kid").value());
  }

  private static FeatureSummary keeping(int rows, Features all, @Nullable Features logits) {
    return new FeatureSummary(
        all.name(),
        Draws.stats(all),
        all.rows(),
        first(rows, all),
        logits == null ? null : first(rows, logits));
  }

  private static Features first(int rows, Features x) {
    return Features.of(x.name(), x.values().select(IntStream.range(0, rows).toArray()));
  }

  @Test
  void whatCannotBeAPartIsNoSummary() {
    Features x = Draws.normal(5, 0, new double[] {1, 1}, 1);
    GaussianStats stats = Draws.stats(x);
    Features narrow = Draws.normal(5, 0, new double[] {1}, 1);

    assertThatThrownBy(() -> new FeatureSummary("x", stats, 4, x, null))
        .hasMessageContainingAll("at most 4 rows of 2", "5 of 2");
    assertThatThrownBy(() -> new FeatureSummary("x", stats, 5, narrow, null))
        .hasMessageContaining("5 of 1");
    assertThatThrownBy(() -> new FeatureSummary("x", stats, 5, null, narrow))
        .hasMessageContaining("logits");
  }

  @Test
  void thePaletteFloorIsTheDistanceAndSaysOfWhichPalette() {
    FeatureSummary original = FeatureSummary.of(Draws.of(1, -1, 1));
    FeatureSummary quantized = FeatureSummary.of(Draws.of(1, 0, 2, 1, 1));

    Distance floor =
        GenerativeMetrics.paletteFloor(original, quantized, "512 colours of a model", OPTIONS);

    // Means 0 and 1, variances 2 and 2/3.
    double rootDifference = Math.sqrt(2) - Math.sqrt(2 / 3.0);
    assertThat(floor.value()).isCloseTo(1 + rootDifference * rootDifference, within(1e-12));
    assertThat(floor.metric()).isEqualTo("palette_floor");
    assertThat(floor.warnings()).containsExactly("512 colours of a model");
  }

  @Test
  void otherWidthsAreRefusedByName() {
    Features real = Draws.normal(5, 0, new double[] {1, 1}, 1);
    Features fake = Draws.normal(5, 0, new double[] {1, 1, 1}, 1);

    assertThatThrownBy(() -> new FeaturePair(real, fake))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("draw", "2 features", "got 3");
    assertThatThrownBy(() -> between(real, fake)).isInstanceOf(InvalidInputException.class);
  }
}
