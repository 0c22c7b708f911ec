package dev.pixelprobe.model.checkpoint.torch;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static dev.pixelprobe.model.checkpoint.torch.TorchBytes.dict;
import static dev.pixelprobe.model.checkpoint.torch.TorchBytes.floats;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Golden;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TorchFileTest {
  private static final byte[] FOUR = floats(1, 2, 3, 4);

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"zip.bin", "protocol4.bin", "legacy.bin"})
  void everyFormatOfTorchSaveIsRead(String name) throws IOException {
    try (TensorFile tensors = TorchFile.open(Golden.resource("torch/" + name))) {
      assertThat(tensors.names()).containsExactly("whole", "view", "half", "bfloat", "double");
      assertThat(tensors.shape("whole")).containsExactly(3L, 4L);
      assertThat(tensors.read("whole")).hasSize(12).startsWith(0, 0.25f).endsWith(2.75f);
      assertThat(tensors.read("view")).containsExactly(1, 1.25f, 1.5f, 1.75f, 2, 2.25f);
      assertThat(tensors.read("half")).containsExactly(0.5f, -1, 65504);
      assertThat(tensors.shape("bfloat")).containsExactly(1L, 2L);
      assertThat(tensors.read("bfloat")).containsExactly(1, -2.5f);
      assertThat(tensors.shape("double")).isEmpty();
      assertThat(tensors.read("double")).containsExactly((float) Math.PI);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip.bin", "protocol4.bin", "legacy.bin"})
  void wheneverItWasCutItIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Golden.resource("torch/" + name));
    Path cut = dir.resolve("cut.bin");
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertRefused(() -> TorchFile.open(cut).close(), "cut.bin");
    }
  }

  /** Whatever one wrong byte brings about, it is a value, or one line. */
  @ParameterizedTest
  @ValueSource(strings = {"zip.bin", "protocol4.bin", "legacy.bin"})
  void noWrongByteIsABug(String name) throws IOException {
    byte[] sound = Files.readAllBytes(Golden.resource("torch/" + name));
    Path spoilt = dir.resolve("spoilt.bin");
    int refused = 0;
    for (int at = 0; at < sound.length; at++) {
      byte[] bytes = sound.clone();
      bytes[at] = (byte) (at % 2 == 0 ? 0xff : sound[at] ^ 1);
      Files.write(spoilt, bytes);
      try (TensorFile tensors = TorchFile.open(spoilt)) {
        for (String tensor : tensors.names()) {
          tensors.read(tensor);
        }
      } catch (InvalidInputException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(sound.length / 4, sound.length);
  }

  static Stream<Arguments> picklesThatRunCode() {
    return Stream.of(
        Arguments.of(
            "posix.system",
            dict().text("x").global("posix", "system").text("touch owned").op(0x85, 'R').closed()),
        Arguments.of(
            "os.system",
            dict().text("x").text("os").text("system").op(0x93).text("id").op(0x85, 'R').closed()),
        Arguments.of(
            "builtins.eval",
            dict().text("x").op('(').text("1").op('i').ascii("builtins\neval\n").closed()),
        Arguments.of(
            "subprocess.Popen",
            dict().text("x").op('(').global("subprocess", "Popen").text("id").op('o').closed()),
        Arguments.of(
            "torch.nn.modules.linear.Linear",
            dict().text("x").global("torch.nn.modules.linear", "Linear").op(')', 0x81).closed()),
        Arguments.of(
            "got opcode 0x81", dict().global("torch", "FloatStorage").op(')', 0x81).closed()),
        Arguments.of("got opcode 0x82", dict().text("x").op(0x82, 1).closed()),
        Arguments.of(
            "a call of torch.FloatStorage",
            dict()
                .text("x")
                .global("torch", "FloatStorage")
                .number(1L << 60)
                .op(0x85, 'R')
                .closed()),
        Arguments.of(
            "expected an OrderedDict",
            dict()
                .vector("x", "0", 4, 0, 4, 1)
                .op('}')
                .op('(')
                .text("__setstate__")
                .text("x")
                .op('u', 'b')
                .closed()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("picklesThatRunCode")
  void aPickleThatWouldRunCodeIsRefused(String named, byte[] pickle) throws IOException {
    Path file = TorchBytes.save(dir.resolve("x.bin"), pickle, FOUR);

    assertRefused(() -> TorchFile.open(file).close(), "x.bin: pickle, byte ", named);
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        Arguments.of("got a storage of 4", dict().vector("x", "0", 4, 1, 4, 1).closed()),
        Arguments.of("got a storage of 4", dict().vector("x", "0", 4, 0, 1L << 62, 1).closed()),
        Arguments.of("got 16 bytes", dict().vector("x", "0", 5, 0, 4, 1).closed()),
        Arguments.of("got 16 bytes", dict().vector("x", "0", 1L << 62, 0, 4, 1).closed()),
        Arguments.of("entry archive/data/1", dict().vector("x", "1", 4, 0, 4, 1).closed()),
        Arguments.of("entry archive/data/../0", dict().vector("x", "../0", 4, 0, 4, 1).closed()),
        Arguments.of("strides [2]", dict().vector("x", "0", 4, 0, 2, 2).closed()),
        Arguments.of("strides [0]", dict().vector("x", "0", 4, 0, 4, 0).closed()),
        Arguments.of(
            "sizes and strides of 0 or more", dict().vector("x", "0", 4, 0, -1, 1).closed()),
        Arguments.of("offset of 0 or more", dict().vector("x", "0", 4, -1, 1, 1).closed()),
        Arguments.of("length of 0 or more", dict().vector("x", "0", -4, 0, 1, 1).closed()),
        Arguments.of(
            "two of x", dict().vector("x", "0", 4, 0, 4, 1).vector("x", "0", 4, 0, 4, 1).closed()),
        Arguments.of(
            "one type for storage 0",
            dict().vector("x", "0", 4, 0, 4, 1).vector("y", "0", 3, 0, 3, 1).closed()),
        Arguments.of("expected a dict of tensors", dict().op('u').text("x").op('.').bytes()),
        Arguments.of(
            "expected text inside the file", dict().op('X', 0xff, 0xff, 0xff, 0xff).bytes()),
        Arguments.of("a number of at most 8 bytes", dict().op(0x8a, 9).ascii("123456789").bytes()),
        Arguments.of("a value remembered before", dict().op('h', 1).bytes()),
        Arguments.of("a value on the stack", dict().op('.').bytes()),
        Arguments.of("the end of it", dict().bytes()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void aPickleThatLiesIsRefused(String says, byte[] pickle) throws IOException {
    Path file = TorchBytes.save(dir.resolve("x.bin"), pickle, FOUR);

    assertRefused(() -> TorchFile.open(file).close(), "x.bin: ", says);
  }

  @Test
  void attentionsMasksAreLeftOutWhateverTheirSize() throws IOException {
    byte[] pickle =
        dict()
            .vector("x", "0", 4, 0, 4, 1)
            .vector("h.0.attn.bias", "none", 1L << 50, 0, 1L << 50, 0)
            .vector("h.0.attn.masked_bias", "none", 1L << 50, 0, 1, 1)
            .closed();
    try (TensorFile file = TorchFile.open(TorchBytes.save(dir.resolve("x"), pickle, FOUR))) {
      assertThat(file.names()).containsExactly("x");
      assertThat(file.read("x")).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void deepNestingAndCirclesCostNothing() throws IOException {
    TorchBytes bomb = dict().text("deep").op(']');
    for (int i = 0; i < 100_000; i++) {
      bomb.op(0x85);
    }
    bomb.text("circle").op(']', 'q', 0, 'h', 0, 'a');
    bomb.text("bomb").op(']', 'q', 1);
    for (int i = 0; i < 100_000; i++) {
      bomb.op('0', '(', 'h', 1, 'h', 1, 'l', 'q', 1);
    }
    byte[] pickle = bomb.vector("x", "0", 4, 0, 4, 1).closed();
    try (TensorFile file = TorchFile.open(TorchBytes.save(dir.resolve("x"), pickle, FOUR))) {
      assertThat(file.names()).containsExactly("x");
    }
  }

  @Test
  void aPickleBeyondAllMeasureIsRefused() throws IOException {
    byte[] pickle = new byte[5 << 20];
    Arrays.fill(pickle, (byte) '}');
    Path file = TorchBytes.save(dir.resolve("x.bin"), pickle, FOUR);

    assertRefused(() -> TorchFile.open(file).close(), "a pickle of at most 4194304 bytes");
  }

  @Test
  void aCompressedZipIsRefusedSoThatNothingSwells() throws IOException {
    Map<String, byte[]> entries =
        Map.of("archive/data.pkl", dict().closed(), "archive/data/0", new byte[64 << 20]);
    Path file = TorchBytes.zip(dir.resolve("x.bin"), ZipEntry.DEFLATED, entries);

    assertRefused(() -> TorchFile.open(file).close(), "x.bin: zip: ", "compressed");
  }

  @Test
  void aZipThatPyTorchDidNotWriteIsRefused() throws IOException {
    Path none = TorchBytes.zip(dir.resolve("n"), ZipEntry.STORED, Map.of("x", new byte[1]));
    Map<String, byte[]> twice = Map.of("a/data.pkl", new byte[1], "b/data.pkl", new byte[1]);
    Path two = TorchBytes.zip(dir.resolve("t"), ZipEntry.STORED, twice);
    Map<String, byte[]> big =
        Map.of("a/data.pkl", dict().closed(), "a/byteorder", new byte[] {'b', 'i', 'g'});
    Path bigEndian = TorchBytes.zip(dir.resolve("b"), ZipEntry.STORED, big);

    assertRefused(() -> TorchFile.open(none).close(), "one entry NAME/data.pkl", "got 0");
    assertRefused(() -> TorchFile.open(two).close(), "one entry NAME/data.pkl", "got 2");
    assertRefused(() -> TorchFile.open(bigEndian).close(), "byteorder: expected little, got big");
    assertRefused(() -> TorchFile.open(dir.resolve("none")).close(), "got no such file");
  }
}
