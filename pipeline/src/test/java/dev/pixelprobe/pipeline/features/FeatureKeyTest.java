package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.LayerFeature;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FeatureKeyTest {
  private static final List<LayerFeature.Kind> LN_1 = List.of(LayerFeature.Kind.LN_1);
  private static final FeatureKey KEY = key("m", "p", "d", 32, "bilinear", LN_1, "sos", 0, 12);

  /**
   * {@code printf
   * 'pixelprobe/features/1\nmodel=m\npalette=p\ndataset=d\nn_px=32\nresample=bilinear\n
   * kinds=ln_1\nlayers=0,12\ninput=sos\nprecision=f32' | sha256sum}, on one line.
   */
  @Test
  void theDigestIsStable() {
    assertThat(KEY.digest())
        .isEqualTo("a9712c1a6ce31ec0ea7869c1704dabc72529512b7ba5fbb64fc3f0f2b458d3e6");
  }

  @Test
  void everythingThatFeaturesDependOnChangesTheDigest() {
    Stream<FeatureKey> others =
        Stream.of(
            key("x", "p", "d", 32, "bilinear", LN_1, "sos", 0, 12),
            key("m", "x", "d", 32, "bilinear", LN_1, "sos", 0, 12),
            key("m", "p", "x", 32, "bilinear", LN_1, "sos", 0, 12),
            key("m", "p", "d", 16, "bilinear", LN_1, "sos", 0, 12),
            key("m", "p", "d", 32, "bicubic", LN_1, "sos", 0, 12),
            key("m", "p", "d", 32, "bilinear", List.of(LayerFeature.Kind.H), "sos", 0, 12),
            key("m", "p", "d", 32, "bilinear", LN_1, "hf", 0, 12),
            key("m", "p", "d", 32, "bilinear", LN_1, "sos", 0, 1, 2),
            new FeatureKey("m", "p", "d", 32, "bilinear", LN_1, List.of(0, 12), "sos", "bf16"));

    assertThat(others.map(FeatureKey::digest)).doesNotHaveDuplicates().doesNotContain(KEY.digest());
  }

  private static FeatureKey key(
      String model,
      String palette,
      String dataset,
      int nPx,
      String resample,
      List<LayerFeature.Kind> kinds,
      String input,
      Integer... layers) {
    return new FeatureKey(
        model, palette, dataset, nPx, resample, kinds, List.of(layers), input, "f32");
  }
}
