package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.LayerFeature;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FeatureColumnTest {
  @Test
  void layersKeepTheirNames() {
    LayerFeature feature = new LayerFeature(LayerFeature.Kind.LN_1, 4);

    assertThat(FeatureColumn.of(feature, 8)).isEqualTo(new FeatureColumn("ln_1_4", 8, 4, "ln_1"));
  }

  @Test
  void outputsOfAnyNameBecomeColumnsThatADottedPathCanHold() {
    assertThat(FeatureColumn.ofOutput("pooler.output", 8))
        .isEqualTo(new FeatureColumn("output_pooler%2Eoutput", 8, null, "pooler.output"));
    assertThat(
            List.of("pixels", "ln_1_4", "a/b:0", "a b", "a+b", "a%b", "größe").stream()
                .map(FeatureColumn::nameOfOutput))
        .containsExactly(
            "output_pixels",
            "output_ln_1_4",
            "output_a%2Fb%3A0",
            "output_a+b",
            "output_a%2Bb",
            "output_a%25b",
            "output_gr%C3%B6%C3%9Fe");
  }
}
