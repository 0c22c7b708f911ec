package dev.pixelprobe.model.array;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NpyArrayTest {
  private static final String FLOATS = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";

  @TempDir Path dir;

  static Stream<Path> numpysFiles() throws IOException {
    try (Stream<Path> files = Files.list(Golden.resource("npy"))) {
      return files.filter(file -> file.toString().endsWith(".npy")).sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("numpysFiles")
  void numpysFilesAreWrittenBackByteForByte(Path file) throws IOException {
    Path copy = dir.resolve("copy.npy");
    NpyArray.read(file).write(copy);
    assertThat(copy).hasSameBinaryContentAs(file);
  }

  @Test
  void realArraysAreWrittenBackByteForByte() throws IOException {
    try (Stream<Path> files = Files.walk(Golden.shared("golden"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".npy")).toList()) {
        numpysFilesAreWrittenBackByteForByte(file);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "<f4, 0000c03f000020c0, 1.5, -2.5",
    ">f4, 3fc00000c0200000, 1.5, -2.5",
    "<f8, 000000000000f83f00000000000004c0, 1.5, -2.5",
    ">f8, 3ff8000000000000c004000000000000, 1.5, -2.5",
    "<i4, 01000000feffffff, 1, -2",
    ">i4, 00000001fffffffe, 1, -2",
    "<i8, 0100000000000000feffffffffffffff, 1, -2",
    ">i8, 0000000000000001fffffffffffffffe, 1, -2",
    "|u1, 01fe, 1, 254",
  })
  void everyTypeAndByteOrderBecomesFloatsAndDoubles(
      String descr, String hex, float first, float second) throws IOException {
    NpyArray array = NpyArray.read(write(1, FLOATS.replace("<f4", descr), hex));
    assertThat(array.shape()).isEqualTo(Shape.of(2));
    assertThat(array.toFloats()).containsExactly(first, second);
    assertThat(array.toDoubles()).containsExactly(first, second);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "<i4, 05000000ffffffff, -1",
    "<i8, 0500000000000000ffffffffffffffff, -1",
    "|u1, 05ff, 255"
  })
  void integersBecomeInts(String descr, String hex, int second) throws IOException {
    NpyArray array = NpyArray.read(write(1, FLOATS.replace("<f4", descr), hex));
    assertThat(array.toInts()).containsExactly(5, second);
  }

  @Test
  void anIntegerThatIsNoIntIsRefused() throws IOException {
    String header = FLOATS.replace("<f4", "<i8");
    NpyArray array = NpyArray.read(write(1, header, "0000000000000000" + "0000008000000000"));
    assertRefused(array::toInts, "x.npy", "got 2147483648 at element 1");
  }

  @Test
  void numbersAreNotTakenForAnotherKind() {
    NpyArray floats = NpyArray.of(new float[] {1, 2}, 2);
    assertRefused(floats::toInts, "expected int32, int64 or uint8, got float32");
    assertRefused(floats::toBytes, "expected uint8, got float32");
    assertThat(NpyArray.of(new byte[] {1, -1}, 2).toBytes()).containsExactly(1, -1);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{'shape': (2,), 'fortran_order': False, 'descr': '<f4'}",
        "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (2L,)}",
        "{'descr':'<f4','fortran_order':False,'shape':(2,)}\n",
      })
  void headersOfOtherWritersAreRead(String header) throws IOException {
    assertThat(NpyArray.read(write(1, header.replace("2L", "2"), "0000c03f000020c0")).toFloats())
        .containsExactly(1.5f, -2.5f);
  }

  @ParameterizedTest(name = "format {0}.0")
  @ValueSource(ints = {1, 2, 3})
  void everyFormatVersionIsRead(int version) throws IOException {
    assertThat(NpyArray.read(write(version, FLOATS, "0000c03f000020c0")).toFloats())
        .containsExactly(1.5f, -2.5f);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,)};got '|O'",
        "{'descr': '<f2', 'fortran_order': False, 'shape': (4,)};got '<f2'",
        "{'descr': '', 'fortran_order': False, 'shape': (4,)};got ''",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)};got '[('",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (2,)};got Fortran order",
        "{'descr': '<f4', 'fortran_order': False};expected descr, fortran_order and shape",
        "{};expected descr, fortran_order and shape",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)};expected 12 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)};expected 4 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()};expected 4 bytes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000,)};expected 8000000000",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)};expected dimensions",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999,)};expected dimensions",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (x,)};expected dimensions",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647,2147483647,3)};size below",
      })
  void aHeaderThatLiesOrAsksForMoreThanWeReadIsRefused(String header, String message)
      throws IOException {
    Path file = write(1, header, "0000000000000000");
    assertRefused(() -> NpyArray.read(file), file + ": ", message);
  }

  @Test
  void aHeaderOfManyLinesIsRefusedInOne() throws IOException {
    Path file = write(1, "{'descr': '<\n4', 'fortran_order': False, 'shape': (1,\n)}", "");
    assertRefused(() -> NpyArray.read(file), "got '< 4'");
    Path other = write(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1,\nx)}", "");
    assertRefused(() -> NpyArray.read(other), "got shape (1, x)");
  }

  @Test
  void aFileThatIsNoArrayIsRefused() throws IOException {
    Path file = dir.resolve("x.npy");
    assertRefused(() -> NpyArray.read(file), "got no such file");
    Files.write(file, new byte[0]);
    assertRefused(() -> NpyArray.read(file), "expected an .npy file");
    Files.write(file, "\u0093NUMPY\u0004\u0000".getBytes(ISO_8859_1));
    assertRefused(() -> NpyArray.read(file), "expected .npy format 1.0, 2.0 or 3.0, got 4");
    Files.write(file, "\u0093NUMPY\u0001\u0000v\u0000{'descr'".getBytes(ISO_8859_1));
    assertRefused(() -> NpyArray.read(file), "expected a header of 118 bytes more, got 8");
    Files.write(file, "\u0093NUMPY\u0002\u0000\u00ff\u00ff\u00ff\u00ff".getBytes(ISO_8859_1));
    assertRefused(() -> NpyArray.read(file), "expected a header of at most", "got 4294967295");
  }

  @Test
  void moreThanTwoGibibytesAreRefusedWholeButReadByRows() throws IOException {
    Path file = write(1, FLOATS.replace("(2,)", "(3, 300000000)"), "");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(sparse.length() + 4L * 3 * 300_000_000);
    }
    assertRefused(() -> NpyArray.read(file), "expected at most 2 GiB", "got 3600000000 bytes");
  }

  @Test
  void rowsComeInPiecesInTheirOrder() throws IOException {
    Path file = dir.resolve("x.npy");
    NpyArray.of(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 5, 2).write(file);
    try (NpyReader reader = NpyReader.open(file)) {
      assertThat(reader.type()).isEqualTo(NpyType.INT32);
      assertThat(reader.shape()).isEqualTo(Shape.of(5, 2));
      assertThat(reader.next(2)).hasValue(NpyArray.of(new int[] {1, 2, 3, 4}, 2, 2));
      assertThat(reader.next(2)).hasValue(NpyArray.of(new int[] {5, 6, 7, 8}, 2, 2));
      assertThat(reader.next(2)).hasValue(NpyArray.of(new int[] {9, 10}, 1, 2));
      assertThat(reader.next(2)).isEmpty();
    }
  }

  @Test
  void elementsMustFillTheShape() {
    assertThatThrownBy(() -> NpyArray.of(new float[] {1, 2, 3}, 2, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Path write(int version, String header, String dataHex) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("\u0093NUMPY".getBytes(ISO_8859_1));
    bytes.writeBytes(new byte[] {(byte) version, 0});
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.write(length.putInt(0, header.length()).array(), 0, version == 1 ? 2 : 4);
    bytes.writeBytes(header.getBytes(ISO_8859_1));
    bytes.writeBytes(HexFormat.of().parseHex(dataHex));
    return Files.write(dir.resolve("x.npy"), bytes.toByteArray());
  }
}
