package dev.pixelprobe.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogueTest {
  @ParameterizedTest
  @ValueSource(strings = {"cifar10", "cifar100", "stl10"})
  void aDataSetIsVerifiedAndAppearsInAFolderOfItsOwn(String name) {
    Item item = Catalogue.find(name);

    assertThat(item.hasChecksums()).isTrue();
    assertThat(item.bytes()).isPresent();
    assertThat(item.files().get(0).uri()).hasScheme("https");
    assertThat(item.files().get(0).sha256().orElseThrow()).matches("[0-9a-f]{64}");
    assertThat(item.target(Path.of("/data")).getParent()).isEqualTo(Path.of("/data"));
  }

  @Test
  void noChecksumIsClaimedWhereNoneIsPublished() {
    assertThat(Catalogue.find("inception").hasChecksums()).isFalse();
    assertThat(Catalogue.imageGpt("igpt-s", 131_000, false).hasChecksums()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"igpt-s,32", "igpt-m,32", "igpt-l,64"})
  void aModelIsItsPaletteItsIndexAndItsShards(String name, int shards) {
    Item item = Catalogue.imageGpt(name, 1_000_000, false);

    String base = "https://openaipublic.blob.core.windows.net/image-gpt/";
    String prefix = base + "checkpoints/" + name + "/1000000/model.ckpt-1000000";
    List<String> addresses = item.files().stream().map(file -> file.uri().toString()).toList();
    assertThat(addresses)
        .hasSize(2 + shards)
        .startsWith(base + "color-clusters/kmeans_centers.npy", prefix + ".index")
        .contains(prefix + ".data-00000-of-000" + shards)
        .endsWith(prefix + ".data-000%d-of-000%d".formatted(shards - 1, shards));
    assertThat(item.checkpointPrefix()).contains("model.ckpt-1000000");
  }

  @Test
  void earlierStepsAndTheOtherObjectiveHaveNamesOfTheirOwn() {
    assertThat(Catalogue.imageGpt("igpt-m", 1_000_000, true).name()).isEqualTo("igpt-m-bert");
    assertThat(Catalogue.imageGpt("igpt-m", 262_000, false).name()).isEqualTo("igpt-m-262000");
    assertThat(Catalogue.imageGpt("igpt-m", 262_000, true).files().get(1).uri().getPath())
        .endsWith("/igpt-m-bert/262000/model.ckpt-262000.index");
  }
}
