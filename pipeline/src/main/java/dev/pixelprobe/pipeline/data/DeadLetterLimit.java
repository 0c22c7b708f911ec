package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * How many records may be unusable.
 *
 * @param share largest tolerable share of the records, in [0, 1]
 */
public record DeadLetterLimit(double share) {
  /**
   * Holds what was read to the limit.
   *
   * @param used how many records could be used
   * @throws InvalidInputException if too many could not
   */
  public void check(String dataset, long used, List<DeadLetter> letters) {
    if (letters.size() > share * (used + letters.size())) {
      DeadLetter first = letters.get(0);
      throw new InvalidInputException(
          "%s: expected at most %s of the records to be unusable, got %d of %d, the first %s record %d: %s; mend the files or raise --max-dead-letters"
              .formatted(
                  dataset,
                  percent(),
                  letters.size(),
                  used + letters.size(),
                  first.shard(),
                  first.record(),
                  first.reason()));
    }
  }

  private String percent() {
    BigDecimal rounded = BigDecimal.valueOf(100 * share).round(new MathContext(4));
    return rounded.stripTrailingZeros().toPlainString() + "%";
  }
}
