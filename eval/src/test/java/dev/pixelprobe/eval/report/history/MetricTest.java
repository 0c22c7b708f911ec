package dev.pixelprobe.eval.report.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetricTest {
  /** Scores of other features cannot be compared with published ones, whatever the formula. */
  @ParameterizedTest
  @CsvSource({
    "fid, FID, Fréchet distance",
    "fid_infinity, 'FID, endless samples', 'Fréchet distance, endless samples'",
    "kid, KID, kernel distance",
    "precision, precision, precision",
    "of_tomorrow, of tomorrow, of tomorrow"
  })
  void onlyInceptionsFeaturesMakeAFidOrKid(String metric, String byInception, String byOthers) {
    assertThat(Metric.name(metric, "inception-2015-12-05 2048, TF1 bilinear"))
        .isEqualTo(byInception);
    assertThat(Metric.name(metric, "igpt-xs-16px ln_1_4, PIL box")).isEqualTo(byOthers);
    assertThat(Metric.name(metric, "not inception-2015-12-05")).isEqualTo(byOthers);
  }
}
