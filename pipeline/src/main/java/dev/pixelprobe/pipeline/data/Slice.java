package dev.pixelprobe.pipeline.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of records that one worker reads. Slices depend on the data alone, never on the runner.
 *
 * @param shard the file that holds the records, relative to the data set's folder; for class
 *     folders the split's folder; empty for drawn images
 * @param firstRecord position in the shard, or in the sorted listing of the split; from 0
 * @param count how many records, or {@link #TO_THE_END}
 * @param entries the records' own files, relative to {@code shard}; empty where the shard is a file
 */
public record Slice(Split split, String shard, long firstRecord, long count, List<String> entries)
    implements Serializable {
  /** All records up to the end of the shard, however many there are. */
  public static final long TO_THE_END = -1;

  public Slice {
    entries = List.copyOf(entries);
  }

  static Slice ofShard(Split split, String shard, long firstRecord, long count) {
    return new Slice(split, shard, firstRecord, count, List.of());
  }

  /** The same records in slices of at most so many; to the end of a shard they stay one slice. */
  List<Slice> pieces(int records) {
    if (count <= records) {
      return List.of(this);
    }
    List<Slice> pieces = new ArrayList<>();
    for (long begin = 0; begin < count; begin += records) {
      long end = Math.min(begin + records, count);
      List<String> own = entries.isEmpty() ? entries : entries.subList((int) begin, (int) end);
      pieces.add(new Slice(split, shard, firstRecord + begin, end - begin, own));
    }
    return pieces;
  }

  boolean isToTheEnd() {
    return count == TO_THE_END;
  }

  /** Whether {@code record} lies before the slice's end. */
  boolean reaches(long record) {
    return isToTheEnd() || record < firstRecord + count;
  }
}
