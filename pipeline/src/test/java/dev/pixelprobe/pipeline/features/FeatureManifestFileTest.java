package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureManifestFileTest {
  private static final FeatureManifest MANIFEST =
      Sets.manifest(List.of(new FeatureManifest.File("train-00000-of-00001.parquet", 12)), 1);

  @TempDir private Path directory;

  @Test
  void readingGivesBackWhatWasWrittenAndNothingIsLeftAside() throws IOException {
    FeatureManifestFile.write(MANIFEST, directory.toString());

    assertThat(FeatureManifestFile.read(directory.toString())).isEqualTo(MANIFEST);
    assertThat(directory).isDirectoryNotContaining(path -> !path.endsWith("features.json"));
  }

  @Test
  void theFileIsStable() throws IOException {
    FeatureManifestFile.write(MANIFEST, directory.toString());

    assertThat(json().replaceAll("\\s+", " "))
        .isEqualTo(
            """
            { "schema" : "pixelprobe/features/2", "digest" : "%s",
             "model" : { "name" : "igpt-tiny", "digest" : "m0", "n_px" : 3, "n_layer" : 2, "n_embd" : 5 },
             "palette_digest" : "p0", "resample" : "bilinear",
             "dataset" : { "name" : "tiny", "digest" : "d0", "classes" : [ "cat", "dog", "frog" ],
             "n_train" : 12, "n_test" : 4 }, "input" : "sos", "precision" : "f32",
             "columns" : [
             { "name" : "ln_1_0", "dim" : 5, "layer" : 0, "features" : "ln_1" },
             { "name" : "ln_1_2", "dim" : 5, "layer" : 2, "features" : "ln_1" },
             { "name" : "h_0", "dim" : 5, "layer" : 0, "features" : "h" },
             { "name" : "h_2", "dim" : 5, "layer" : 2, "features" : "h" } ],
             "view_px" : 3, "colours" : 8,
             "folds" : [ [ 0, 1 ], [ 2, 3 ] ],
             "files" : [ { "name" : "train-00000-of-00001.parquet", "rows" : 12 } ],
             "dead_letters" : { "count" : 1, "path" : "dead-letters.jsonl" }, "scored" : { "images" : 4 } }"""
                .formatted(Sets.DIGEST)
                .replace("\n", ""));
  }

  @Test
  void aDirectoryWithoutManifestIsNoFeatureSet() {
    assertThatThrownBy(() -> FeatureManifestFile.read(directory.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            directory
                + ": expected a feature set, got no features.json; run `pixelprobe extract` first");
  }

  @Test
  void aNewerSchemaIsRefusedByName() throws IOException {
    rewrite("features/2", "features/3");

    assertThatThrownBy(() -> FeatureManifestFile.read(directory.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected schema pixelprobe/features/2, got pixelprobe/features/3;");
  }

  @Test
  void aMissingFieldIsNamed() throws IOException {
    rewrite("palette_digest", "other");

    assertThatThrownBy(() -> FeatureManifestFile.read(directory.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'palette_digest'");
  }

  @Test
  void aFileThatIsNotJsonIsRefusedInOneLine() throws IOException {
    Files.writeString(directory.resolve("features.json"), "{\"schema\": \npixel");

    assertThatThrownBy(() -> FeatureManifestFile.read(directory.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a manifest of schema pixelprobe/features/2, got: ")
        .message()
        .hasLineCount(1);
  }

  private void rewrite(String from, String to) throws IOException {
    FeatureManifestFile.write(MANIFEST, directory.toString());
    Files.writeString(directory.resolve("features.json"), json().replace(from, to));
  }

  private String json() throws IOException {
    return Files.readString(directory.resolve("features.json"));
  }
}
