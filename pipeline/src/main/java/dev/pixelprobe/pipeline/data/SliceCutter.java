package dev.pixelprobe.pipeline.data;

import java.util.ArrayList;
import java.util.List;

/** Cuts the shards of one split into slices, in data-set order, until the limit is reached. */
final class SliceCutter {
  private final Split split;
  private final long limit;
  private final List<Slice> slices = new ArrayList<>();
  private long taken;

  SliceCutter(Split split, Limits limits) {
    this.split = split;
    this.limit = limits.of(split);
  }

  boolean isFull() {
    return taken == limit;
  }

  /** Adds one run of records as it is, less what is over the limit. */
  void add(String shard, long firstRecord, long records) {
    long count = Math.min(records, limit - taken);
    if (count > 0) {
      slices.add(Slice.ofShard(split, shard, firstRecord, count));
      taken += count;
    }
  }

  /** Adds a shard's records in slices of at most {@code perSlice}. */
  void addInPieces(String shard, long records, long perSlice) {
    for (long first = 0; first < records; first += perSlice) {
      add(shard, first, Math.min(perSlice, records - first));
    }
  }

  /** Adds what follows a shard's whole records: the reader reports it as damaged. */
  void addTail(String shard, long wholeRecords) {
    if (!isFull()) {
      slices.add(Slice.ofShard(split, shard, wholeRecords, Slice.TO_THE_END));
    }
  }

  /** Records in the slices so far, tails not counted. */
  long count() {
    return taken;
  }

  List<Slice> slices() {
    return slices;
  }
}
