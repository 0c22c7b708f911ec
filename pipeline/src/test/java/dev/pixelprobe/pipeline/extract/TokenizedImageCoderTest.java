package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.data.ImageId;
import dev.pixelprobe.pipeline.data.Split;
import java.io.EOFException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

final class TokenizedImageCoderTest {
  private static final TokenizedImage IMAGE =
      new TokenizedImage(
          ImageId.inShard("d", Split.TEST, "a.bin", 300),
          7,
          RgbImage.wrap(1, 2, new byte[] {1, 2, (byte) 255, 0, 16, 32}),
          Tokens.wrap(new short[] {511, 3}));

  @Test
  void decodingGivesBackWhatWasEncoded() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(TokenizedImageCoder.of(), IMAGE);
    CoderProperties.coderDeterministic(TokenizedImageCoder.of(), IMAGE, IMAGE);
    CoderProperties.coderSerializable(TokenizedImageCoder.of());
  }

  @Test
  void theBytesAreStable() throws Exception {
    byte[] bytes = CoderUtils.encodeToByteArray(TokenizedImageCoder.of(), IMAGE);

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "0164" // data set
                + "01" // test
                + "05612e62696e" // shard
                + "00" // no entry
                + "ac02" // record
                + "07" // label
                + "01" // height
                + "02" // width
                + "0102ff001020" // pixels
                + "01ff0003"); // tokens
  }

  @Test
  void bytesThatEndInTheTokensAreNotTakenForAnImage() throws Exception {
    byte[] bytes = CoderUtils.encodeToByteArray(TokenizedImageCoder.of(), IMAGE);
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);

    assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(TokenizedImageCoder.of(), cut))
        .rootCause()
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("image d/test/a.bin#300");
  }
}
