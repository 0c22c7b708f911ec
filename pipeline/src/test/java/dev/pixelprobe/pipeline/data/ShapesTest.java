package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShapesTest {
  @Test
  void fiveThousandImagesArePlanned() throws IOException {
    DatasetPlan plan = Datasets.open("shapes", null, Limits.NONE);
    assertThat(plan.count(Split.TRAIN)).isEqualTo(OptionalLong.of(4_000));
    assertThat(plan.count(Split.TEST)).isEqualTo(OptionalLong.of(1_000));
    assertThat(plan.slices()).hasSize(20).allMatch(slice -> slice.count() == 250);
    assertThat(new HashSet<>(plan.slices())).hasSize(20);
    assertThat(plan.classNames()).hasSize(10).contains("heart");
  }

  @Test
  void aLimitKeepsTheClassesBalanced() throws IOException {
    Reading reading =
        Reading.of(Datasets.open("shapes", null, Limits.NONE.withTrain(260).withTest(20)));
    assertThat(perClass(reading, Split.TRAIN)).hasSize(10).allMatch(images -> images == 26);
    assertThat(perClass(reading, Split.TEST)).hasSize(10).allMatch(images -> images == 2);
    assertThat(reading.ids()).startsWith("shapes/train/#0").endsWith("shapes/test/#19");
  }

  @Test
  void trainAndTestShareNoImage() throws IOException {
    Reading reading =
        Reading.of(Datasets.open("shapes", null, Limits.NONE.withTrain(100).withTest(100)));
    assertThat(reading.images).extracting(LabelledImage::image).doesNotHaveDuplicates();
  }

  @Test
  void aLimitOfNothingIsRefused() {
    assertThatThrownBy(() -> Limits.NONE.withTrain(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--limit-train: expected 1 or more, got 0");
  }

  private static Collection<Long> perClass(Reading reading, Split split) {
    return reading.labels(split).stream()
        .collect(Collectors.groupingBy(label -> label, Collectors.counting()))
        .values();
  }
}
