package dev.pixelprobe.pipeline.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SuiteTest {
  @TempDir private Path dir;

  @Test
  void everyCombinationIsACell() throws IOException {
    Suite suite =
        read(
            """
            models: [models/igpt-s, igpt-xs-16px]
            datasets: [shapes, {dataset: cifar10, data: data, limit_train: 5000}]
            probes:
              - name: few labels
                labels_per_class: [4, 25]
              - c: [1e-4, 1]
            samples: [64]
            """);

    assertThat(suite.name()).isEqualTo("nightly");
    assertThat(suite.cells().stream().map(Cell::label))
        .containsExactly(
            "igpt-s on shapes, few labels",
            "igpt-s on shapes, c 1e-4,1",
            "igpt-s on cifar10, few labels",
            "igpt-s on cifar10, c 1e-4,1",
            "igpt-xs-16px on shapes, few labels",
            "igpt-xs-16px on shapes, c 1e-4,1",
            "igpt-xs-16px on cifar10, few labels",
            "igpt-xs-16px on cifar10, c 1e-4,1");
    assertThat(suite.cells().get(2).variant()).isEqualTo("few labels");
    assertThat(suite.cells().get(3).arguments())
        .containsExactly(
            ("--model models/igpt-s --dataset cifar10 --data data --limit-train 5000 --c 1e-4,1"
                    + " --samples 64")
                .split(" ", -1));
  }

  @Test
  void keysAreFlagsOfRun() throws IOException {
    Suite suite =
        read(
            """
            name: any-encoder
            models:
              - {model: vit, output: [a, b], image_size: 32, scale: 1/255, mean: [0.5, 0.4, 0.3], channels_first: true}
            datasets: [{dataset: stl10, data: d, max_dead_letters: 0.02}]
            layers: [4]
            extractors: [{extractor: [igpt, inception], resize: pil_bicubic}]
            """);

    assertThat(suite.name()).isEqualTo("any-encoder");
    assertThat(suite.cells()).hasSize(1);
    assertThat(suite.cells().get(0).variant()).isNull();
    assertThat(String.join(" ", suite.cells().get(0).arguments()))
        .isEqualTo(
            "--model vit --output a,b --image-size 32 --scale 1/255 --mean 0.5,0.4,0.3"
                + " --channels-first --dataset stl10 --data d --max-dead-letters 0.02 --layers 4"
                + " --extractor igpt,inception --resize pil_bicubic");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            "models: [m]\ndatasets: [shapes]\nlayer: [1]",
            "3: unknown key \"layer\"; expected one of name, models, datasets, layers, probes, samples, extractors; did you mean layers?"),
        arguments(
            "models:\n  - modle: m\ndatasets: [shapes]",
            "2: unknown key \"modle\"; expected one of model, features, "),
        arguments("models:\n  - modle: m\ndatasets: [shapes]", "; did you mean model?"),
        arguments("models:\n  - xyzzy: m\ndatasets: [shapes]", "channels_first, name"),
        arguments("models: [m]", "1: expected the key datasets, got none"),
        arguments(
            "models: m\ndatasets: [shapes]",
            "1: models: expected a list of at least one entry, got \"m\""),
        arguments(
            "models: []\ndatasets: [shapes]",
            "1: models: expected a list of at least one entry, got an empty list"),
        arguments(
            "models: [{precision: bf16}]\ndatasets: [shapes]",
            "1: expected the key model, got none"),
        arguments(
            "models: [[m]]\ndatasets: [shapes]",
            "1: an entry of models: expected keys and values, got a list"),
        arguments(
            "models: [m]\ndatasets:\n  - dataset: shapes\n    limit_train: many",
            "4: limit_train: expected a whole number of at least 0, got \"many\""),
        arguments(
            "models: [m]\ndatasets: [{dataset: s, limit_train: -1}]",
            "2: limit_train: expected a whole number"),
        arguments(
            "models: [m]\ndatasets: [s]\nprobes: [{c: [1, x]}]",
            "3: c: expected a number, or a list of numbers, got \"x\""),
        arguments(
            "models: [m]\ndatasets: [s]\nprobes: [{c: []}]",
            "3: c: expected a number, or a list of numbers, got an empty list"),
        arguments(
            "models: [{model: m, channels_first: 1}]\ndatasets: [s]",
            "channels_first: expected true or false, got \"1\""),
        arguments("models: [true]\ndatasets: [s]", "model: expected text, got \"true\""),
        arguments("models: [~]\ndatasets: [s]", "model: expected text, got \"~\""),
        arguments(
            "models: [m]\nmodels: [n]\ndatasets: [s]",
            "2: models: expected the key once, got it twice"),
        arguments(
            "models: [m, a/m]\ndatasets: [s]",
            "1: expected cells that can be told apart, got two of m on s; give entries"),
        arguments(
            "name: Big Suite\nmodels: [m]\ndatasets: [s]",
            "1: name: expected at most 40 lower-case letters"),
        arguments("models: [m\ndatasets: [s]", "expected YAML, got: "),
        arguments("", "1: expected models and datasets, got an empty file"),
        arguments("- m", "1: a suite: expected keys and values, got a list"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void mistakesAreSaidWithFileAndLine(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(dir.resolve("nightly.yaml") + ":")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aSuiteOfTooManyCellsIsRefusedBeforeTheyAreMade() {
    String numbers = "[" + "1, ".repeat(1000) + "1]";

    assertThatThrownBy(
            () -> read("models: [m]\ndatasets: [s]\nlayers: %s\nprobes: %1$s".formatted(numbers)))
        .hasMessageEndingWith(
            "nightly.yaml: expected at most 1000 cells, got 1002001; make several suites of it");
  }

  @Test
  void whatIsNoFileIsRefused() {
    assertThatThrownBy(() -> Suite.read(dir))
        .hasMessage("--config %s: expected a YAML file of at most 1 MiB, got something else", dir);
    assertThatThrownBy(() -> Suite.read(dir.resolve("none.yaml")))
        .hasMessageEndingWith(
            "none.yaml: expected a YAML file of at most 1 MiB, got nothing there");
  }

  private Suite read(String yaml) throws IOException {
    Path file = dir.resolve("nightly.yaml");
    Files.writeString(file, yaml);
    return Suite.read(file);
  }

  @Test
  void namesOfFilesMustDoAsNamesOfSuites() throws IOException {
    Path file = Files.writeString(dir.resolve("My Suite.yaml"), "models: [m]\ndatasets: [s]");

    assertThatThrownBy(() -> Suite.read(file)).hasMessageContaining("got \"My Suite\"; give");
    assertThat(List.of("weekly.yml", "weekly.yaml"))
        .allSatisfy(
            name -> {
              Path good = Files.writeString(dir.resolve(name), "models: [m]\ndatasets: [s]");
              assertThat(Suite.read(good).name()).isEqualTo("weekly");
            });
  }
}
