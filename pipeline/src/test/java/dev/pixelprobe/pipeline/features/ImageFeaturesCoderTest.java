package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.data.Split;
import java.util.HexFormat;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

final class ImageFeaturesCoderTest {
  private static final ImageFeatures TINY =
      new ImageFeatures(
          "d/test/a#7",
          Split.TEST,
          300,
          Tokens.wrap(new short[] {511}),
          RgbImage.wrap(1, 1, new byte[] {1, 2, (byte) 255}),
          2.5f,
          FeatureVectors.wrap(new float[] {1f, -0f}));

  @Test
  void decodingGivesBackWhatWasEncoded() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(ImageFeaturesCoder.of(), TINY);
    CoderProperties.coderDecodeEncodeEqual(ImageFeaturesCoder.of(), Sets.row(Split.TRAIN, 3));
    CoderProperties.coderDeterministic(
        ImageFeaturesCoder.of(), Sets.row(Split.TEST, 3), Sets.row(Split.TEST, 3));
  }

  @Test
  void theBytesAreStable() throws Exception {
    byte[] bytes = CoderUtils.encodeToByteArray(ImageFeaturesCoder.of(), TINY);

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "0a642f746573742f612337" // id
                + "0454455354" // split
                + "ac02" // label
                + "0201ff" // tokens
                + "01" // height
                + "030102ff" // pixels
                + "40200000" // nats per token
                + "083f80000080000000"); // features
  }
}
