package dev.pixelprobe.model.checkpoint.safetensors;

import static dev.pixelprobe.model.checkpoint.SafetensorsBytes.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Refusals;
import dev.pixelprobe.model.checkpoint.SafetensorsBytes;
import dev.pixelprobe.model.checkpoint.tensor.TensorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsFileTest {
  @TempDir Path dir;

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "F32, 0000c03f, 1.5",
    "F32, 01000000, 1.4e-45",
    "F64, 182d4454fb210940, 3.1415927",
    "F16, 003e, 1.5",
    "F16, 00be, -1.5",
    "F16, ff7b, 65504",
    "F16, 0004, 6.1035156e-5",
    "F16, 0100, 5.9604645e-8",
    "F16, ff03, 6.097555e-5",
    "F16, 0080, -0.0",
    "F16, 00fc, -Infinity",
    "F16, 017e, NaN",
    "BF16, c03f, 1.5",
    "BF16, 80ff, -Infinity",
  })
  void floatingTypesConvertToFloat32(String dtype, String littleEndianHex, float expected)
      throws IOException {
    byte[] data = HexFormat.of().parseHex(littleEndianHex);
    Path file = write("{" + entry("x", dtype, "[1]", 0, data.length) + "}", data);
    try (TensorFile tensors = SafetensorsFile.open(file)) {
      assertThat(tensors.read("x")).containsExactly(expected);
    }
  }

  @Test
  void tensorsAreFoundByNameWhateverTheOrderOfTheirData() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},%s,%s,%s}   "
            .formatted(
                entry("late", "F32", "[1,2]", 4, 12),
                entry("early", "F32", "[]", 0, 4),
                entry("empty", "F32", "[0]", 4, 4));
    try (TensorFile tensors = SafetensorsFile.open(write(header, floats(1, 2, 3)))) {
      assertThat(tensors.names()).containsExactly("late", "early", "empty");
      assertThat(tensors.shape("late")).containsExactly(1L, 2L);
      assertThat(tensors.read("late")).containsExactly(2, 3);
      assertThat(tensors.read("early")).containsExactly(1);
      assertThat(tensors.read("empty")).isEmpty();
    }
  }

  @Test
  void aTensorLongerThanOneChunkIsReadWhole() throws IOException {
    int n = 300_001;
    float[] values = new float[n];
    IntStream.range(0, n).forEach(i -> values[i] = i);
    Path file = write("{" + entry("x", "F32", "[" + n + "]", 0, 4L * n) + "}", floats(values));
    try (TensorFile tensors = SafetensorsFile.open(file)) {
      assertThat(tensors.read("x")).isEqualTo(values);
    }
  }

  @Test
  void integersAreListedButNotReadAsFloats() throws IOException {
    Path file = write("{" + entry("mask", "BOOL", "[2,2]", 0, 4) + "}", new byte[4]);
    try (TensorFile tensors = SafetensorsFile.open(file)) {
      assertThat(tensors.shape("mask")).isEqualTo(List.of(2L, 2L));
      Refusals.assertRefused(
          () -> tensors.read("mask"), "mask: expected dtype F32, F16, BF16 or F64, got BOOL");
    }
  }

  @ParameterizedTest(name = "header length {0}")
  @ValueSource(longs = {3, 1_000, 100_000_001, Integer.MAX_VALUE, Long.MAX_VALUE, -1})
  void aHeaderThatLiesAboutItsLengthIsRefused(long claimed) throws IOException {
    assertRefused(SafetensorsBytes.write(file(), claimed, "{}", new byte[0]), "expected a header");
  }

  @Test
  void aHeaderOfMoreThanTheFormatAllowsIsRefusedUnread() throws IOException {
    Path file = SafetensorsBytes.write(file(), 100_000_001, "{}", new byte[0]);
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.position(200_000_000).write(ByteBuffer.allocate(1));
    }
    assertRefused(file, "at most 100000000 bytes, got length 100000001");
  }

  @Test
  void aFileWithoutRoomForAHeaderIsRefused() throws IOException {
    assertRefused(Files.write(file(), new byte[7]), "expected at least 8 bytes, got 7");
    assertRefused(dir.resolve("nowhere"), "got no such file");
  }

  @ParameterizedTest(name = "text [{0}]")
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{} {}",
        "not json",
        "{\"x\":1}",
        "{\"x\":{}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8.0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":{\"a\":2},\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":{\"a\":[1]},\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":null,\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}",
      })
  void aHeaderThatIsNotSuchJsonIsRefused(String header) throws IOException {
    assertRefused(write(header, new byte[8]), "");
  }

  @ParameterizedTest(name = "{0} at {1}..{2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "[2];-1;7;in 0..2^63",
        "[2];8;0;inside the 8 bytes",
        "[2];0;16;inside the 8 bytes",
        "[2];0;9223372036854775807;inside the 8 bytes",
        "[3];0;8;expected 12 bytes",
        "[];0;8;expected 4 bytes",
        "[-2];0;8;in 0..2^63",
        "[4611686018427387904,4];0;8;a shape that fits the file",
        "[4294967296,4294967296];0;0;a shape that fits the file",
        "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2];0;8;at most 16 numbers",
        "[1];4;8;right after the tensor before it",
        "[1];0;4;4 bytes more",
      })
  void aTensorThatDoesNotFitTheDataIsRefused(String shape, long begin, long end, String message)
      throws IOException {
    assertRefused(write("{" + entry("x", "F32", shape, begin, end) + "}", new byte[8]), message);
  }

  @Test
  void tensorsThatOverlapAreRefused() throws IOException {
    String header = entry("x", "F32", "[2]", 0, 8) + "," + entry("y", "F32", "[2]", 4, 12);
    assertRefused(write("{" + header + "}", new byte[12]), "y: expected data right after");
  }

  @Test
  void twoTensorsOfOneNameAreRefused() throws IOException {
    String header = entry("x", "F32", "[1]", 0, 4) + "," + entry("x", "F32", "[1]", 4, 8);
    assertRefused(write("{" + header + "}", new byte[8]), "x: expected one entry of that name");
  }

  @Test
  void anUnknownTypeIsRefused() throws IOException {
    assertRefused(
        write("{" + entry("x", "F12", "[4]", 0, 6) + "}", new byte[6]), "dtype such as F32");
    assertRefused(
        write("{" + entry("a\\nb", "F\\n3", "[4]", 0, 6) + "}", new byte[6]), "a?b: expected");
  }

  @Test
  void manyTensorsAreRead() throws IOException {
    int n = 20_000;
    String header =
        IntStream.range(0, n)
            .mapToObj(i -> entry("t" + i, "F32", "[1]", 4L * i, 4L * i + 4))
            .collect(Collectors.joining(",", "{", "}"));
    try (TensorFile tensors = SafetensorsFile.open(write(header, new byte[4 * n]))) {
      assertThat(tensors.names()).hasSize(n);
    }
  }

  private static void assertRefused(Path file, String message) {
    Refusals.assertRefused(() -> SafetensorsFile.open(file).close(), file + ": ", message);
  }

  private Path file() {
    return dir.resolve("model.safetensors");
  }

  private Path write(String header, byte[] data) throws IOException {
    return SafetensorsBytes.write(file(), header, data);
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
