package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FeatureKeyTest {
  private static final List<String> LN_1 = List.of("ln_1_0", "ln_1_12");
  private static final FeatureKey KEY = key("m", "p", "d", 32, "bilinear", LN_1, "sos");

  /**
   * {@code printf
   * 'pixelprobe/features/2\nmodel=m\npalette=p\ndataset=d\nn_px=32\nresample=bilinear\n
   * columns=ln_1_0,ln_1_12\ninput=sos\nprecision=f32' | sha256sum}, on one line.
   */
  @Test
  void theDigestIsStable() {
    assertThat(KEY.digest())
        .isEqualTo("4404cfe857f56e009943db33ae38b21798b4c468353446403d64473048f59c55");
  }

  @Test
  void everythingThatFeaturesDependOnChangesTheDigest() {
    Stream<FeatureKey> others =
        Stream.of(
            key("x", "p", "d", 32, "bilinear", LN_1, "sos"),
            key("m", "x", "d", 32, "bilinear", LN_1, "sos"),
            key("m", "p", "x", 32, "bilinear", LN_1, "sos"),
            key("m", "p", "d", 16, "bilinear", LN_1, "sos"),
            key("m", "p", "d", 32, "bicubic", LN_1, "sos"),
            key("m", "p", "d", 32, "bilinear", List.of("h_0", "ln_1_12"), "sos"),
            key("m", "p", "d", 32, "bilinear", LN_1, "hf"),
            key("m", "p", "d", 32, "bilinear", List.of("ln_1_0", "ln_1_1", "ln_1_2"), "sos"),
            new FeatureKey("m", "p", "d", 32, "bilinear", LN_1, "sos", "bf16"));

    assertThat(others.map(FeatureKey::digest)).doesNotHaveDuplicates().doesNotContain(KEY.digest());
  }

  private static FeatureKey key(
      String model,
      String palette,
      String dataset,
      int nPx,
      String resample,
      List<String> columns,
      String input) {
    return new FeatureKey(model, palette, dataset, nPx, resample, columns, input, "f32");
  }
}
