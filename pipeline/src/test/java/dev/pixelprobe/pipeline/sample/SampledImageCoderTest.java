package dev.pixelprobe.pipeline.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.Tokens;
import java.io.EOFException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

final class SampledImageCoderTest {
  private static final SampledImage IMAGE =
      new SampledImage(300, Tokens.wrap(new short[] {511, 3}));

  @Test
  void decodingGivesBackWhatWasEncoded() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(SampledImageCoder.of(), IMAGE);
    CoderProperties.coderDeterministic(SampledImageCoder.of(), IMAGE, IMAGE);
    CoderProperties.coderSerializable(SampledImageCoder.of());
  }

  @Test
  void theBytesAreStable() throws Exception {
    byte[] bytes = CoderUtils.encodeToByteArray(SampledImageCoder.of(), IMAGE);

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "ac02" // index
                + "02" // tokens
                + "01ff0003");
  }

  @Test
  void bytesThatEndInTheTokensAreNotTakenForAnImage() throws Exception {
    byte[] bytes = CoderUtils.encodeToByteArray(SampledImageCoder.of(), IMAGE);
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);

    assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(SampledImageCoder.of(), cut))
        .rootCause()
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("sample 300");
  }
}
