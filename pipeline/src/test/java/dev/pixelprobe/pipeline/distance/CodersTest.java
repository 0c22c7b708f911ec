package dev.pixelprobe.pipeline.distance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.Moments;
import dev.pixelprobe.eval.distance.MomentsBand;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

final class CodersTest {
  private static final FeatureRow ROW =
      new FeatureRow(
          -2,
          "d/test/a#7",
          FeatureVectors.wrap(new float[] {1, -0f}),
          FeatureVectors.wrap(new float[] {2}));

  @Test
  void decodingARowGivesBackWhatWasEncoded() throws Exception {
    FeatureRow without =
        new FeatureRow(
            3, "", FeatureVectors.wrap(new float[] {5}), FeatureVectors.wrap(new float[0]));
    CoderProperties.coderDecodeEncodeEqual(FeatureRowCoder.of(), ROW);
    CoderProperties.coderDecodeEncodeEqual(FeatureRowCoder.of(), without);
    CoderProperties.coderSerializable(FeatureRowCoder.of());
  }

  @Test
  void theBytesOfARowAreStable() throws Exception {
    assertThat(hex(CoderUtils.encodeToByteArray(FeatureRowCoder.of(), ROW)))
        .isEqualTo(
            "fffffffffffffffe" // hash
                + "0a642f746573742f612337" // id
                + "083f80000080000000" // features
                + "0440000000"); // logits
  }

  @Test
  void theBytesOfMomentsAreStableAndGiveThemBack() throws Exception {
    Moments moments = Moments.empty();
    moments.add(Matrix.wrap(new float[] {1, 5, 3, 5}, 2, 2));

    byte[] bytes = CoderUtils.encodeToByteArray(MomentsBandCoder.of(), moments.toBands().get(0));

    assertThat(hex(bytes))
        .isEqualTo(
            "3c" // 60 bytes
                + "00000002" // width
                + "0000000000000002" // rows 0 to 1
                + "0000000000000002" // images
                + "4000000000000000" // mean: 2
                + "4014000000000000" // 5
                + "4000000000000000" // scatter: 2
                + "0000000000000000"
                + "0000000000000000");
    MomentsBand decoded = CoderUtils.decodeFromByteArray(MomentsBandCoder.of(), bytes);
    assertThat(decoded.toBytes()).isEqualTo(Arrays.copyOfRange(bytes, 1, bytes.length));
    CoderProperties.coderSerializable(MomentsBandCoder.of());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
