package dev.pixelprobe.pipeline.palette;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.kmeans.Clusters;
import dev.pixelprobe.model.kmeans.ColourCounts;
import java.util.HexFormat;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

final class CodersTest {
  private static final ColourCounts COUNTS =
      ColourCounts.wrap(new int[] {3, 5, 0xffffff}, new long[] {1, 300, 2});
  private static final Palette PALETTE = Palette.of(new float[] {-1, -1, -1, 1, 1, 1}, "test");

  @Test
  void decodingGivesBackWhatWasEncoded() throws Exception {
    Clusters clusters = Clusters.around(PALETTE);
    clusters.add(COUNTS);
    assertFaithful(ColourCountsCoder.of(), COUNTS);
    assertFaithful(PaletteCoder.of(), PALETTE);
    assertFaithful(ClustersCoder.of(), clusters);
  }

  @Test
  void theBytesAreStable() throws Exception {
    assertThat(hex(ColourCountsCoder.of(), COUNTS))
        .isEqualTo("03" + "0301" + "02ac02" + "faffff0702");
    assertThat(hex(PaletteCoder.of(), PALETTE))
        .isEqualTo("00000002" + "bf800000".repeat(3) + "3f800000".repeat(3));
    Clusters clusters = Clusters.around(PALETTE);
    clusters.add(ColourCounts.wrap(new int[] {0x020000}, new long[] {3}));
    // 3 pixels, sums 6, 0, 0, squares 12, 0, 0; the worst colour adds 3 * (2 / 127.5)².
    assertThat(hex(ClustersCoder.of(), clusters))
        .isEqualTo(
            hex(PaletteCoder.of(), PALETTE)
                + longs(3, 6, 0, 0, 12, 0, 0)
                + longs(0, 0, 0, 0, 0, 0, 0)
                + "00020000"
                + longs(Double.doubleToLongBits(3 * (2 / 127.5 - 1 + 1) * (2 / 127.5 - 1 + 1)))
                + "00000000"
                + longs(0, 1));
  }

  private static <T> void assertFaithful(Coder<T> coder, T value) throws Exception {
    CoderProperties.coderDecodeEncodeEqual(coder, value);
    CoderProperties.coderDeterministic(coder, value, value);
    CoderProperties.coderSerializable(coder);
  }

  private static <T> String hex(Coder<T> coder, T value) throws Exception {
    return HexFormat.of().formatHex(CoderUtils.encodeToByteArray(coder, value));
  }

  private static String longs(long... values) {
    StringBuilder hex = new StringBuilder();
    for (long value : values) {
      hex.append("%016x".formatted(value));
    }
    return hex.toString();
  }
}
