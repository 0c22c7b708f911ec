package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.RgbImage;
import java.io.EOFException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodersTest {
  private static final ImageId ID = ImageId.inShard("cifar10", Split.TEST, "t.bin", 300);

  /** Coder, value, and its bytes: strings and numbers in Beam's variable-length form. */
  static Stream<Arguments> golden() {
    return Stream.of(
        Arguments.of(ImageIdCoder.of(), ID, "07636966617231300105742e62696e00ac02"),
        Arguments.of(
            LabelledImageCoder.of(),
            new LabelledImage(ID, 7, RgbImage.wrap(1, 2, new byte[] {1, 2, 3, -1, -2, -3})),
            "07636966617231300105742e62696e00ac02" + "070102" + "010203fffefd"),
        Arguments.of(
            DeadLetterCoder.of(), new DeadLetter("t.bin", 3, "cut"), "05742e62696e0303637574"),
        Arguments.of(
            SliceCoder.of(),
            new Slice(Split.TRAIN, "cat", 0, Slice.TO_THE_END, List.of("a", "b")),
            "000363617400ffffffffffffffffff01" + "00000002" + "01610162"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("golden")
  <T> void theStoredFormStaysAsItIs(Coder<T> coder, T value, String hex) throws Exception {
    assertThat(HexFormat.of().formatHex(CoderUtils.encodeToByteArray(coder, value))).isEqualTo(hex);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("golden")
  <T> void whatIsEncodedComesBack(Coder<T> coder, T value, String hex) throws Exception {
    CoderProperties.coderDecodeEncodeEqual(coder, value);
    CoderProperties.coderDeterministic(coder, value, value);
    CoderProperties.coderSerializable(coder);
  }

  @Test
  void anImageThatEndsEarlyIsNotDecoded() {
    byte[] cut =
        HexFormat.of().parseHex("07636966617231300105742e62696e00ac02" + "070102" + "0102");
    assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(LabelledImageCoder.of(), cut))
        .hasRootCauseInstanceOf(EOFException.class);
  }
}
