package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.data.ImageId;
import dev.pixelprobe.pipeline.data.Split;
import java.util.HexFormat;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

final class EncoderImageCoderTest {
  private static final TokenizedImage VIEW =
      new TokenizedImage(
          ImageId.inShard("d", Split.TEST, "a", 7),
          3,
          RgbImage.wrap(1, 1, new byte[] {1, 2, 3}),
          Tokens.wrap(new short[] {5}));
  private static final EncoderImage IMAGE =
      new EncoderImage(VIEW, RgbImage.wrap(1, 2, new byte[] {1, 2, 3, 4, 5, (byte) 255}));

  @Test
  void decodingGivesBackWhatWasEncoded() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(EncoderImageCoder.of(), IMAGE);
  }

  @Test
  void theBytesAreThoseOfTheViewThenHeightLengthAndPixelsOfTheInput() throws Exception {
    byte[] view = CoderUtils.encodeToByteArray(TokenizedImageCoder.of(), VIEW);
    byte[] bytes = CoderUtils.encodeToByteArray(EncoderImageCoder.of(), IMAGE);

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(HexFormat.of().formatHex(view) + "01" + "06" + "0102030405ff");
  }
}
