package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.probe.LayerChoice;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What {@code --layers} may say; what it may not is in RefusalsTest. */
final class LayersOptionTest {
  @Command
  private static final class Holder {
    @Mixin private LayersOption layers = new LayersOption();
  }

  @Test
  void allIsTheDefault() {
    assertThat(choice()).isEqualTo(new LayerChoice(List.of(0, 1, 2, 3, 4, 5), List.of()));
    assertThat(choice("--layers", "all")).isEqualTo(choice());
  }

  @Test
  void layersAreSortedAndNoneIsProbedTwice() {
    assertThat(choice("--layers", "4, 0,4")).isEqualTo(new LayerChoice(List.of(0, 4), List.of()));
  }

  @Test
  void aConcatenationAloneIsOnlyTheConcatenation() {
    assertThat(choice("--layers", "concat:2,3,4"))
        .isEqualTo(new LayerChoice(List.of(), List.of(List.of(2, 3, 4))));
  }

  @Test
  void itsLayersHaveNoOrder() {
    assertThat(choice("--layers", "concat:4,2;concat:2,4;concat:1,2"))
        .isEqualTo(new LayerChoice(List.of(), List.of(List.of(2, 4), List.of(1, 2))));
  }

  @Test
  void aSemicolonAndASecondOptionMeanTheSame() {
    LayerChoice both = new LayerChoice(List.of(0, 5), List.of(List.of(2, 3)));

    assertThat(choice("--layers", "0,5; concat:2,3")).isEqualTo(both);
    assertThat(choice("--layers", "0,5", "--layers", "concat:2,3")).isEqualTo(both);
    assertThat(choice("--layers", "concat:2,3;5;0")).isEqualTo(both);
  }

  @Test
  void allMayStandBesideAConcatenation() {
    assertThat(choice("--layers", "all;concat:0,5"))
        .isEqualTo(new LayerChoice(List.of(0, 1, 2, 3, 4, 5), List.of(List.of(0, 5))));
  }

  private static LayerChoice choice(String... arguments) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments);
    return holder.layers.choice(IntStream.rangeClosed(0, 5).boxed().toList(), "");
  }
}
