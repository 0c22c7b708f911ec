package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.LooseImages;
import dev.pixelprobe.pipeline.data.Split;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The images of one side.
 *
 * @param name what messages call them
 * @param split of the plan; the other one is left out
 * @param rendering what is done to each before it is extracted; null for nothing
 */
public record ImageSet(
    String name,
    DatasetPlan plan,
    Split split,
    DeadLetterLimit deadLetterLimit,
    @Nullable Rendering rendering) {
  /** One split of a data set. */
  public static ImageSet of(DatasetPlan plan, Split split, DeadLetterLimit limit) {
    return new ImageSet(plan.name(), plan.only(split), split, limit, null);
  }

  /**
   * A folder or an array, of which every image must be readable.
   *
   * @param location as {@link LooseImages#open} takes it
   */
  public static ImageSet of(String location) throws IOException {
    DeadLetterLimit none = new DeadLetterLimit(0);
    return new ImageSet(location, LooseImages.open(location), Split.TEST, none, null);
  }

  ImageSet rendered(Rendering how) {
    return new ImageSet(name, plan, split, deadLetterLimit, how);
  }

  /** How many there are, if that is known before they are read. */
  public OptionalLong count() {
    return plan.count(split);
  }
}
