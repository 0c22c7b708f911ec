package dev.pixelprobe.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PublishedLossTest {
  /** OpenAI's image-gpt. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "iGPT-S, 512, 24, 8, 2.0895",
    "iGPT-M, 1024, 36, 8, 2.0614",
    "iGPT-L, 1536, 48, 16, 2.0466",
  })
  void theReleasedSizesHaveOne(String name, int d, int layers, int heads, double loss) {
    PublishedLoss published =
        PublishedLoss.of(architecture(32, d, layers, heads, 512)).orElseThrow();

    assertThat(published.model()).isEqualTo(name);
    assertThat(published.natsPerToken()).isEqualTo(loss);
    assertThat(published.dataset()).isEqualTo("ImageNet 32x32 test");
  }

  @Test
  void modelsOfAnyOtherShapeHaveNone() {
    assertThat(PublishedLoss.of(architecture(16, 512, 24, 8, 512))).isEmpty();
    assertThat(PublishedLoss.of(architecture(32, 512, 24, 4, 512))).isEmpty();
    assertThat(PublishedLoss.of(architecture(32, 512, 23, 8, 512))).isEmpty();
    assertThat(PublishedLoss.of(architecture(32, 512, 24, 8, 511))).isEmpty();
    assertThat(PublishedLoss.of(architecture(32, 1024, 24, 8, 512))).isEmpty();
    assertThat(PublishedLoss.of(new Architecture(32, 512, 24, 8, 1024, 512, 1e-5))).isEmpty();
    assertThat(PublishedLoss.of(architecture(32, 512, 24, 8, 512).withObjective(Objective.BERT)))
        .isEmpty();
  }

  private static Architecture architecture(int nPx, int d, int layers, int heads, int colours) {
    return new Architecture(nPx, d, layers, heads, 4 * d, colours, 1e-5);
  }
}
