package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code model import} of a sound checkpoint after one thing in it was spoilt. */
final class BrokenCheckpointsTest {
  private static final Path GOLDEN =
      Path.of("../model/src/test/resources/golden/igpt-tiny-8px-openai");
  private static final String NORM = "transformer.h.1.ln_2.weight";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path dir;
  private byte[] header = new byte[0];
  private byte[] tensors = new byte[0];

  @BeforeEach
  void readSound() throws IOException {
    Files.copy(GOLDEN.resolve("config.json"), dir.resolve("config.json"));
    byte[] file = Files.readAllBytes(GOLDEN.resolve("model.safetensors"));
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    header = Arrays.copyOfRange(file, 8, 8 + length);
    tensors = Arrays.copyOfRange(file, 8 + length, file.length);
  }

  @Test
  void soundAgainItIsImported() throws IOException {
    write(header.length, header);

    Cli.run("model", "import", "--from", dir, "--out", dir.resolve("out")).assertDone();
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    write(edited(json -> json.set("other", json.remove(NORM))));

    assertRefused(NORM);
  }

  @Test
  void aMisshapenTensorIsNamedWithBothShapes() throws IOException {
    write(edited(json -> json.withObject("/" + NORM).putArray("shape").add(4).add(8)));

    assertRefused(NORM, "[32]", "[4, 8]");
  }

  @Test
  void aHeaderThatLiesAboutItsLengthIsFoundOut() throws IOException {
    for (long lie : new long[] {Long.MAX_VALUE, -1, 1L << 40, header.length - 3, 0}) {
      write(lie, header);

      assertRefused("model.safetensors");
    }
  }

  @Test
  void aFileThatWasCutIsFoundOut() throws IOException {
    tensors = Arrays.copyOf(tensors, tensors.length - 4);
    write(header.length, header);

    assertRefused("model.safetensors");
  }

  private byte[] edited(Consumer<ObjectNode> edit) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(header);
    edit.accept(json);
    return json.toString().getBytes(UTF_8);
  }

  private void write(byte[] newHeader) throws IOException {
    write(newHeader.length, newHeader);
  }

  private void write(long claimedLength, byte[] newHeader) throws IOException {
    ByteBuffer file =
        ByteBuffer.allocate(8 + newHeader.length + tensors.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(claimedLength).put(newHeader).put(tensors);
    Files.write(dir.resolve("model.safetensors"), file.array());
  }

  private void assertRefused(String... says) throws IOException {
    List<String> before = Cli.tree(dir);

    Cli.run("model", "import", "--from", dir, "--out", dir.resolve("out")).assertRefused(2, says);

    assertThat(Cli.tree(dir)).isEqualTo(before);
  }
}
