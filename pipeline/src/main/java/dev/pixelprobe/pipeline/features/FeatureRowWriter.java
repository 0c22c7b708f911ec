package dev.pixelprobe.pipeline.features;

import static java.util.Objects.requireNonNull;

import dev.pixelprobe.model.RgbImage;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Tells Parquet the values of one row. */
final class FeatureRowWriter extends WriteSupport<ImageFeatures> {
  private final FeatureLayout layout;
  private @Nullable RecordConsumer consumer;

  FeatureRowWriter(FeatureLayout layout) {
    this.layout = layout;
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(FeatureSchema.of(layout), Map.of());
  }

  @Override
  @SuppressWarnings("deprecation") // abstract: it must be here
  public WriteContext init(Configuration configuration) {
    throw new UnsupportedOperationException("feature sets are written without Hadoop");
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(ImageFeatures row) {
    check(row);
    Fields fields = new Fields(requireNonNull(consumer));
    fields.consumer.startMessage();
    fields.add(FeatureSchema.ID, row.id());
    fields.add(FeatureSchema.SPLIT, row.split().label());
    fields.add(FeatureSchema.LABEL, row.label());
    fields.addUnlessNaN(FeatureSchema.NATS_PER_TOKEN, row.natsPerToken());
    fields.addList(
        FeatureSchema.TOKENS,
        row.tokens().size(),
        i -> fields.consumer.addInteger(row.tokens().get(i)));
    byte[] rgb = row.pixels().bytes();
    fields.addList(
        FeatureSchema.PIXELS, rgb.length, i -> fields.consumer.addInteger(rgb[i] & 0xff));
    int begin = 0;
    for (FeatureColumn column : layout.columns()) {
      int first = begin;
      fields.addList(
          column.name(),
          column.dim(),
          i -> fields.consumer.addFloat(row.features().get(first + i)));
      begin += column.dim();
    }
    fields.consumer.endMessage();
  }

  private void check(ImageFeatures row) {
    RgbImage pixels = row.pixels();
    FeatureVectors features = row.features();
    if (row.tokens().size() != layout.positions()
        || pixels.height() != layout.nPx()
        || pixels.width() != layout.nPx()
        || features.size() != layout.width()) {
      throw new IllegalArgumentException(
          "%s: expected %s, got %s, %s, %s"
              .formatted(row.id(), layout, row.tokens(), pixels, features));
    }
  }

  /** Adds fields in schema order, each under the next field number. */
  private static final class Fields {
    private final RecordConsumer consumer;
    private int next;

    private Fields(RecordConsumer consumer) {
      this.consumer = consumer;
    }

    private void add(String name, String value) {
      consumer.startField(name, next);
      consumer.addBinary(Binary.fromString(value));
      consumer.endField(name, next++);
    }

    private void add(String name, int value) {
      consumer.startField(name, next);
      consumer.addInteger(value);
      consumer.endField(name, next++);
    }

    private void addUnlessNaN(String name, float value) {
      if (!Float.isNaN(value)) {
        consumer.startField(name, next);
        consumer.addFloat(value);
        consumer.endField(name, next);
      }
      next++;
    }

    private void addList(String name, int size, IntConsumer addElement) {
      consumer.startField(name, next);
      consumer.startGroup();
      consumer.startField("list", 0);
      for (int i = 0; i < size; i++) {
        consumer.startGroup();
        consumer.startField("element", 0);
        addElement.accept(i);
        consumer.endField("element", 0);
        consumer.endGroup();
      }
      consumer.endField("list", 0);
      consumer.endGroup();
      consumer.endField(name, next++);
    }
  }
}
