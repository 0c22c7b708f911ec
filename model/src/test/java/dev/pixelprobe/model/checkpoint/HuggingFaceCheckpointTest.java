package dev.pixelprobe.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.Golden;
import dev.pixelprobe.model.Objective;
import dev.pixelprobe.model.Refusals;
import dev.pixelprobe.model.Resample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HuggingFaceCheckpointTest {
  private static final String CONFIG =
      "{\"vocab_size\":3,\"n_positions\":4,\"n_embd\":2,\"n_layer\":1,\"n_head\":1}";

  @TempDir Path dir;

  /** First and last elements as numpy 1.24.2's frombuffer reads them at the header's offsets. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "wte, 513, 32, -0.066006444, 0.7140055",
    "h3/attn/c_attn/w, 32, 96, 0.15795223, 0.24177518",
    "head, 512, 32, 0.1500887, -0.34348762",
  })
  void aPublishedTensorIsReadByOurName(
      String name, long rows, long columns, float first, float last) throws IOException {
    try (var checkpoint = HuggingFaceCheckpoint.open(Golden.resource("igpt-tiny-8px"))) {
      assertThat(checkpoint.tensor(name, rows, columns))
          .hasSize((int) (rows * columns))
          .startsWith(first)
          .endsWith(last);
    }
  }

  @Test
  void aPublishedCheckpointIsReadWhole() throws IOException {
    try (var checkpoint = HuggingFaceCheckpoint.open(Golden.resource("igpt-tiny-8px"))) {
      assertThat(checkpoint.architecture())
          .isEqualTo(new Architecture(8, 32, 4, 4, 128, 512, 1e-5));
      assertThat(checkpoint.resample()).isEqualTo(Resample.BILINEAR);
      assertThat(checkpoint.palette()).isEmpty();
      for (var tensor : checkpoint.architecture().tensorShapes().entrySet()) {
        assertThat(checkpoint.tensor(tensor.getKey(), tensor.getValue())).isNotEmpty();
      }
    }
  }

  @Test
  void biasesThatAreLeftOutAreZero() throws IOException {
    try (var checkpoint = HuggingFaceCheckpoint.open(Golden.resource("igpt-tiny-8px-openai"))) {
      assertThat(checkpoint.tensor("h0/attn/c_attn/b", 96)).containsOnly(0);
    }
  }

  @Test
  void theBundledModelBringsItsPaletteAndFilter() throws IOException {
    try (var checkpoint = HuggingFaceCheckpoint.open(Golden.shared("models/igpt-xs-16px"))) {
      assertThat(checkpoint.architecture())
          .isEqualTo(new Architecture(16, 192, 8, 4, 768, 512, 1e-5));
      assertThat(checkpoint.resample()).isEqualTo(Resample.BOX);
      assertThat(checkpoint.palette().orElseThrow().size()).isEqualTo(512);
      assertThat(checkpoint.tensor("h7/attn/c_attn/w", 192, 576))
          .startsWith(-0.15649414f)
          .endsWith(0.013465881f);
    }
  }

  @Test
  void oldBuffersAreSkipped() throws IOException {
    Map<String, long[]> tensors = tensors();
    tensors.put("transformer.h.0.attn.bias", new long[] {1, 1, 4, 4});
    tensors.put("transformer.h.0.attn.masked_bias", new long[] {});
    try (var checkpoint = HuggingFaceCheckpoint.open(write(tensors, 0.5f))) {
      assertThat(checkpoint.tensor("h0/attn/c_attn/b", 6)).containsOnly(0.5f);
    }
  }

  @Test
  void aMissingTensorIsNamed() throws IOException {
    Map<String, long[]> tensors = tensors();
    tensors.remove("transformer.h.0.ln_1.weight");
    assertRefused(
        write(tensors, 0),
        "model.safetensors: transformer.h.0.ln_1.weight: expected shape [2], got no such tensor");
  }

  @Test
  void aMisshapenTensorIsNamed() throws IOException {
    Map<String, long[]> tensors = tensors();
    tensors.put("transformer.h.0.mlp.c_fc.weight", new long[] {8, 2});
    assertRefused(
        write(tensors, 0),
        "model.safetensors: transformer.h.0.mlp.c_fc.weight: expected shape [2, 8], got [8, 2]");
  }

  @Test
  void aMisshapenBiasIsNamed() throws IOException {
    Map<String, long[]> tensors = tensors();
    tensors.put("transformer.h.0.attn.c_attn.bias", new long[] {2});
    assertRefused(write(tensors, 0), "attn.c_attn.bias: expected shape [6], got [2]");
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() throws IOException {
    try (var checkpoint = HuggingFaceCheckpoint.open(write(tensors(), Float.NaN))) {
      Refusals.assertRefused(
          () -> checkpoint.tensor("head", 2, 2),
          "lm_head.weight: expected finite values, got NaN at element 0");
    }
  }

  @Test
  void aPreprocessorOfAnotherSizeIsRefused() throws IOException {
    preprocessor("{\"size\":3}");
    assertRefused(write(tensors(), 0), "size: expected 2");
  }

  @Test
  void aFolderWithoutWeightsSaysWhatItLacks() throws IOException {
    assertRefused(dir.resolve("nowhere"), "expected a checkpoint folder");
    Files.writeString(dir.resolve("config.json"), CONFIG);
    assertRefused(dir, "expected model.safetensors or pytorch_model.bin");
    Files.writeString(dir.resolve("pytorch_model.bin"), "");
    assertRefused(dir, "pytorch_model.bin: expected what torch.save writes");
  }

  @Test
  void aBertModelHasNoStartTokenToRead() throws IOException {
    try (var checkpoint = HuggingFaceCheckpoint.open(write(tensors(), 0.5f), Objective.BERT)) {
      assertThat(checkpoint.architecture().objective()).isEqualTo(Objective.BERT);
      assertThat(checkpoint.tensor("wte", 2, 2)).hasSize(4).containsOnly(0.5f);
    }
  }

  private static void assertRefused(Path folder, String message) {
    Refusals.assertRefused(
        () -> HuggingFaceCheckpoint.open(folder).close(), folder.toString(), message);
  }

  private void preprocessor(String json) throws IOException {
    Files.writeString(dir.resolve("preprocessor_config.json"), json);
  }

  private static Map<String, long[]> tensors() {
    Map<String, long[]> tensors = new LinkedHashMap<>();
    tensors.put("transformer.wte.weight", new long[] {3, 2});
    tensors.put("transformer.wpe.weight", new long[] {4, 2});
    tensors.put("transformer.h.0.ln_1.weight", new long[] {2});
    tensors.put("transformer.h.0.attn.c_attn.weight", new long[] {2, 6});
    tensors.put("transformer.h.0.attn.c_attn.bias", new long[] {6});
    tensors.put("transformer.h.0.attn.c_proj.weight", new long[] {2, 2});
    tensors.put("transformer.h.0.ln_2.weight", new long[] {2});
    tensors.put("transformer.h.0.mlp.c_fc.weight", new long[] {2, 8});
    tensors.put("transformer.h.0.mlp.c_proj.weight", new long[] {8, 2});
    tensors.put("transformer.ln_f.weight", new long[] {2});
    tensors.put("lm_head.weight", new long[] {2, 2});
    return tensors;
  }

  /** Writes a checkpoint whose every element is {@code value}. */
  private Path write(Map<String, long[]> tensors, float value) throws IOException {
    List<String> entries = new ArrayList<>();
    long end = 0;
    for (var tensor : tensors.entrySet()) {
      long bytes = 4 * Arrays.stream(tensor.getValue()).reduce(1, (a, b) -> a * b);
      String shape = Arrays.toString(tensor.getValue());
      entries.add(SafetensorsBytes.entry(tensor.getKey(), "F32", shape, end, end + bytes));
      end += bytes;
    }
    ByteBuffer data = ByteBuffer.allocate((int) end).order(ByteOrder.LITTLE_ENDIAN);
    while (data.hasRemaining()) {
      data.putFloat(value);
    }
    Files.writeString(dir.resolve("config.json"), CONFIG);
    SafetensorsBytes.write(
        dir.resolve("model.safetensors"), "{" + String.join(",", entries) + "}", data.array());
    return dir;
  }
}
