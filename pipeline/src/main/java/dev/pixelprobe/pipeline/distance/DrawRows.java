package dev.pixelprobe.pipeline.distance;

import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The rows of the smallest hashes, in groups. The hashes alone are combined, to find the greatest
 * that is drawn; no element holds more than one row.
 */
final class DrawRows
    extends PTransform<PCollection<FeatureRow>, PCollection<KV<Integer, Iterable<FeatureRow>>>> {
  /** Files to write, and hands to write them. */
  private static final int GROUPS = 64;

  private final int rows;

  private DrawRows(int rows) {
    this.rows = rows;
  }

  /** At least one row: more only where hashes are equal. */
  static DrawRows of(int rows) {
    return new DrawRows(rows);
  }

  @Override
  public PCollection<KV<Integer, Iterable<FeatureRow>>> expand(PCollection<FeatureRow> all) {
    PCollectionView<List<Long>> smallest =
        all.apply("Hash", MapElements.via(new HashFn()))
            .apply("Smallest", Top.<Long>smallest(rows).withoutDefaults())
            .apply("View", View.asSingleton());
    return all.apply("Keep", ParDo.of(new KeepFn(smallest)).withSideInputs(smallest))
        .setCoder(KvCoder.of(VarIntCoder.of(), FeatureRowCoder.of()))
        .apply("Group", GroupByKey.create());
  }

  /** Orders as the unsigned hash does. */
  private static final class HashFn extends SimpleFunction<FeatureRow, Long> {
    @Override
    public Long apply(FeatureRow row) {
      return signed(row);
    }

    static long signed(FeatureRow row) {
      return row.hash() ^ Long.MIN_VALUE;
    }
  }

  private static final class KeepFn extends DoFn<FeatureRow, KV<Integer, FeatureRow>> {
    private final PCollectionView<List<Long>> smallest;
    private transient long greatest;
    private transient boolean known;

    KeepFn(PCollectionView<List<Long>> smallest) {
      this.smallest = smallest;
    }

    @StartBundle
    public void forget() {
      known = false;
    }

    @ProcessElement
    public void keep(ProcessContext context) {
      if (!known) {
        greatest = Collections.max(context.sideInput(smallest));
        known = true;
      }
      FeatureRow row = context.element();
      if (HashFn.signed(row) <= greatest) {
        context.output(KV.of((int) Long.remainderUnsigned(row.hash(), GROUPS), row));
      }
    }
  }
}
