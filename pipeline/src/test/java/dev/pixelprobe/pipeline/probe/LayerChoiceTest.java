package dev.pixelprobe.pipeline.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.LayerFeature.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LayerChoiceTest {
  private static final LayerChoice CHOICE =
      new LayerChoice(List.of(0, 4), List.of(List.of(3, 4), List.of(1, 2, 3)));

  @Test
  void onlyTheLayersThatAreNeededAreThereAndEachOnce() {
    assertThat(CHOICE.layers()).containsExactly(0, 1, 2, 3, 4);
    assertThat(new LayerChoice(List.of(), List.of(List.of(2, 7))).layers()).containsExactly(2, 7);
  }

  @Test
  void eachKindHasItsSingleLayersAndThenItsConcatenations() {
    assertThat(CHOICE.inputs(List.of(Kind.LN_1, Kind.H)))
        .extracting(ProbeInput::columns)
        .containsExactly(
            List.of("ln_1_0"),
            List.of("ln_1_4"),
            List.of("ln_1_3", "ln_1_4"),
            List.of("ln_1_1", "ln_1_2", "ln_1_3"),
            List.of("h_0"),
            List.of("h_4"),
            List.of("h_3", "h_4"),
            List.of("h_1", "h_2", "h_3"));
  }

  @Test
  void aPlanCountsEveryProbeThatWillBeFitted() {
    List<ProbeInput> inputs = CHOICE.inputs(List.of(Kind.LN_1));

    // Three baselines and four inputs; with few labels four inputs and two baselines, three times.
    assertThat(new ProbePlan(inputs, List.of(1.0), 0, List.of(), 5).size()).isEqualTo(7);
    assertThat(new ProbePlan(inputs, List.of(1.0), 0, List.of(1, 2, 3), 5).size()).isEqualTo(25);
  }
}
