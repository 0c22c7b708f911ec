package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code model import} of every form in which Image GPTs are published. */
final class PublishedModelsTest {
  private static final Path GOLDEN = Path.of("../model/src/test/resources/golden");
  private static final Path FOLDER = GOLDEN.resolve("igpt-tiny-8px-openai");
  private static final Path PREFIX = FOLDER.resolve("openai/model.ckpt-131000");

  @TempDir private Path dir;

  private Outcome runImport(Object from, Path out, Object... more) {
    List<Object> call = new ArrayList<>(List.of("model", "import", "--from", from, "--out", out));
    call.addAll(Arrays.asList(more));
    return Cli.run(call.toArray());
  }

  private void assertRefused(Object from, List<Object> more, String... says) throws IOException {
    List<String> before = Cli.tree(dir);
    runImport(from, dir.resolve("out"), more.toArray()).assertRefused(2, says);
    assertThat(Cli.tree(dir)).isEqualTo(before);
  }

  @Test
  void openAisFilesAndHuggingFacesFolderGiveOneModel() throws IOException {
    Outcome ours = runImport(PREFIX, dir.resolve("a"), "--name", "m", "--n-head", 2).assertDone();
    Outcome theirs = runImport(FOLDER, dir.resolve("b"), "--name", "m").assertDone();

    assertThat(ours.out()).isEqualTo(theirs.out()).contains("3 (layers 0 to 3), width 32, 2 heads");
    assertThat(ours.err()).singleElement().asString().contains("no palette", "--palette");
    assertThat(runImport(PREFIX, dir.resolve("c")).assertDone().out().lines())
        .contains(
            "name        model.ckpt-131000",
            "objective   autoregressive: each token from those before it");
  }

  @Test
  void whatOpenAisFilesLackIsNamed() throws IOException {
    for (String suffix : List.of(".index", ".data-00000-of-00001")) {
      Files.copy(Path.of(PREFIX + suffix), dir.resolve("m" + suffix));
    }
    Path data = dir.resolve("m.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(data);
    assertRefused(dir.resolve("m"), List.of("--n-head", 4), "--n-head", "expected 2", "got 4");
    assertRefused(dir.resolve("m.index"), List.of(), "m.index", "without .index");

    bytes[100] ^= 1;
    Files.write(data, bytes);
    assertRefused(dir.resolve("m"), List.of(), "Checksum does not match");
    Files.write(data, Arrays.copyOf(bytes, 1000));
    assertRefused(dir.resolve("m"), List.of(), "m.index", "the shard was cut");
    Files.delete(data);
    assertRefused(dir.resolve("m"), List.of(), "m.data-00000-of-00001", "no such file");
  }

  @Test
  void pytorchsFileAndSafetensorsGiveOneModel() {
    Outcome torch =
        runImport(GOLDEN.resolve("igpt-tiny-8px-torchbin"), dir.resolve("a"), "--name", "m");
    Outcome safetensors =
        runImport(GOLDEN.resolve("igpt-tiny-8px"), dir.resolve("b"), "--name", "m");

    assertThat(torch.assertDone().out()).isEqualTo(safetensors.assertDone().out());
  }

  @Test
  void aPickleThatWouldRunCodeIsRefusedAndDoesNot() throws IOException {
    Files.copy(FOLDER.resolve("config.json"), dir.resolve("config.json"));
    String pickle = "\u0080\u0002cposix\nsystem\nX\u0005\0\0\0touch\u0085R.";
    Path file = dir.resolve("pytorch_model.bin");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      byte[] bytes = pickle.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      ZipEntry entry = new ZipEntry("archive/data.pkl");
      entry.setMethod(ZipEntry.STORED);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setCrc(crc.getValue());
      entry.setSize(bytes.length);
      zip.putNextEntry(entry);
      zip.write(bytes);
    }

    assertRefused(dir, List.of(), "pytorch_model.bin", "posix.system", "not run");
  }

  @Test
  void shardsUnderAnIndexGiveTheSameModel() throws IOException {
    Path sharded = Files.createDirectory(dir.resolve("sharded"));
    Files.copy(FOLDER.resolve("config.json"), sharded.resolve("config.json"));
    byte[] file = Files.readAllBytes(FOLDER.resolve("model.safetensors"));
    ObjectNode map = new JsonMapper().createObjectNode();
    header(file).fieldNames().forEachRemaining(name -> map.put(name, "model-1.safetensors"));
    map.remove("__metadata__");
    Files.write(sharded.resolve("model-1.safetensors"), file);
    Path index = sharded.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\":" + map + "}");

    Outcome whole = runImport(FOLDER, dir.resolve("a"), "--name", "m").assertDone();
    Outcome shards = runImport(sharded, dir.resolve("b"), "--name", "m").assertDone();

    assertThat(shards.out()).isEqualTo(whole.out());
    Files.writeString(index, "{\"weight_map\":" + map.put("x", "../../etc/passwd") + "}");
    assertRefused(sharded, List.of(), "index.json", "beside the index", "../../etc/passwd");
  }

  private static JsonNode header(byte[] safetensors) throws IOException {
    int length = (int) ByteBuffer.wrap(safetensors).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new JsonMapper().readTree(new String(safetensors, 8, length, UTF_8));
  }

  @Test
  void thePaletteMayBeThatOfAnEarlierModel() throws IOException {
    float[] colours = new float[512 * 3];
    colours[7] = 0.5f;
    NpyArray.of(colours, 512, 3).write(dir.resolve("palette.npy"));
    NpyArray.of(new float[33], 11, 3).write(dir.resolve("small.npy"));
    Path first = dir.resolve("first");
    runImport(FOLDER, first, "--palette", dir.resolve("palette.npy"), "--name", "m").assertDone();

    Outcome second = runImport(PREFIX, dir.resolve("second"), "--palette", first, "--name", "m");

    assertThat(second.assertDone().err()).isEmpty();
    assertThat(second.out()).isEqualTo(Cli.run("model", "inspect", first).out());
    assertRefused(FOLDER, List.of("--palette", dir.resolve("small.npy")), "512 colours", "got 11");
    assertRefused(FOLDER, List.of("--palette", dir), "pixelprobe.json");
    Path without = dir.resolve("without");
    runImport(FOLDER, without).assertDone();
    assertRefused(FOLDER, List.of("--palette", without), "expected a palette, got none");
  }

  @Test
  void aBertModelIsReadAndScored() throws IOException {
    Path model = dir.resolve("bert");
    Path tokens = FOLDER.resolve("tokens.npy");
    assertThat(runImport(FOLDER, model, "--objective", "bert").assertDone().out().lines())
        .contains("objective   bert: hidden tokens from all others");

    Object[] features = {"features", "--model", model, "--tokens", tokens, "--layers", "2"};
    byte[] sos = written(features, "sos");
    byte[] hf = written(features, "hf");
    Path scores = dir.resolve("scores.json");
    Cli.run("score", "--model", model, "--tokens", tokens, "--out", scores).assertDone();

    assertThat(sos).isEqualTo(hf);
    assertThat(Cli.json(scores).path("nats_per_token").asDouble()).isBetween(4.0, 12.0);
    assertRefused(FOLDER, List.of("--objective", "guess"), "--objective", "BERT", "guess");
  }

  private byte[] written(Object[] features, String input) throws IOException {
    Path out = dir.resolve(input + ".npy");
    List<Object> call = new ArrayList<>(Arrays.asList(features));
    call.addAll(List.of("--input", input, "--out", out));
    Cli.run(call.toArray()).assertDone();
    return Files.readAllBytes(out);
  }
}
