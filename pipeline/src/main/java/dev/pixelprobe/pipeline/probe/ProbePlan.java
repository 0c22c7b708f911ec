package dev.pixelprobe.pipeline.probe;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to probe of a feature set, and how.
 *
 * @param inputs in the order of the results; the baselines come by themselves
 * @param cs the grid of C; one value: no selection
 * @param seed with an image's id it settles which images are held out and which are drawn
 * @param labelsPerClass for probes with few labels, ascending; empty: none of them
 * @param draws of each number of labels per class
 */
public record ProbePlan(
    List<ProbeInput> inputs, List<Double> cs, long seed, List<Integer> labelsPerClass, int draws)
    implements Serializable {
  public ProbePlan {
    inputs = List.copyOf(inputs);
    cs = List.copyOf(cs);
    labelsPerClass = List.copyOf(labelsPerClass);
  }

  /** How many probes that makes; all draws of one number of labels count as one. */
  public int size() {
    return tasks().size();
  }

  /**
   * With all labels the baselines and the inputs; then with few labels the inputs and those
   * baselines that have features, each with every number of labels.
   */
  List<ProbeTask> tasks() {
    List<ProbeTask> tasks = new ArrayList<>();
    ProbeJob.BASELINES.forEach(name -> tasks.add(new ProbeTask(ProbeInput.column(name), null)));
    inputs.forEach(input -> tasks.add(new ProbeTask(input, null)));
    Stream.concat(inputs.stream(), ProbeJob.FEATURE_BASELINES.stream().map(ProbeInput::column))
        .flatMap(input -> labelsPerClass.stream().map(labels -> new ProbeTask(input, labels)))
        .forEach(tasks::add);
    return tasks;
  }
}
