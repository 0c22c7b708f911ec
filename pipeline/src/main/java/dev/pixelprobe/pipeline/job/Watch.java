package dev.pixelprobe.pipeline.job;

import dev.pixelprobe.pipeline.LiveCount;
import java.util.stream.Stream;

/**
 * Which number of Flink's is a live count: the records that go through one step. Beam's own metrics
 * reach Flink only when a bundle ends, and a batch job's bundle is all that a task does.
 *
 * @param step name of the step's DoFn without its ending Fn
 * @param records {@code numRecordsIn} or {@code numRecordsOut}
 * @param each what one record counts
 */
public record Watch(LiveCount count, String step, String records, long each) {
  /** One for every record that comes out of the step. */
  public static Watch outputs(LiveCount count, String step) {
    return new Watch(count, step, "numRecordsOut", 1);
  }

  /** One for every record that goes into the step. */
  public static Watch inputs(LiveCount count, String step) {
    return new Watch(count, step, "numRecordsIn", 1);
  }

  public Watch times(long number) {
    return new Watch(count, step, records, number);
  }

  /** Whether one of Flink's names of tasks has the step in it. */
  boolean isIn(String task) {
    return operators().anyMatch(task::contains);
  }

  boolean is(String metric) {
    return operators().anyMatch(operator -> metric.endsWith(operator + "." + records));
  }

  /** The ends of Flink's names of operators; that of a step with several outputs is shorter. */
  private Stream<String> operators() {
    return Stream.of("/ParMultiDo(" + step + "))", "/" + step + ")");
  }
}
