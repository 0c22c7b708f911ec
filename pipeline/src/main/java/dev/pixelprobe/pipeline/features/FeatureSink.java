package dev.pixelprobe.pipeline.features;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import org.apache.beam.sdk.io.FileIO;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.jspecify.annotations.Nullable;

/** One Parquet file of a feature set. Holds at most one row group in memory. */
final class FeatureSink implements FileIO.Sink<ImageFeatures> {
  private static final long ROW_GROUP_BYTES = 64L << 20;

  private final FeatureLayout layout;
  private final long rowGroupBytes;
  private transient @Nullable ParquetWriter<ImageFeatures> writer;

  FeatureSink(FeatureLayout layout) {
    this(layout, ROW_GROUP_BYTES);
  }

  FeatureSink(FeatureLayout layout, long rowGroupBytes) {
    this.layout = layout;
    this.rowGroupBytes = rowGroupBytes;
  }

  @Override
  public void open(WritableByteChannel channel) throws IOException {
    Builder builder =
        new Builder(new ChannelOutputFile(channel), layout)
            .withConf(new PlainParquetConfiguration())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(rowGroupBytes)
            .withStatisticsEnabled(false)
            .withSizeStatisticsEnabled(false);
    for (FeatureColumn column : layout.columns()) {
      builder.withDictionaryEncoding(FeatureSchema.elements(column.name()), false);
    }
    writer = builder.build();
  }

  @Override
  public void write(ImageFeatures row) throws IOException {
    requireNonNull(writer).write(row);
  }

  /** Called once, before Beam closes the channel: writes the last row group and the footer. */
  @Override
  public void flush() throws IOException {
    requireNonNull(writer).close();
  }

  private static final class Builder extends ParquetWriter.Builder<ImageFeatures, Builder> {
    private final FeatureLayout layout;

    private Builder(OutputFile file, FeatureLayout layout) {
      super(file);
      this.layout = layout;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<ImageFeatures> getWriteSupport(ParquetConfiguration configuration) {
      return new FeatureRowWriter(layout);
    }

    @Override
    @SuppressWarnings("deprecation") // abstract: it must be here
    protected WriteSupport<ImageFeatures> getWriteSupport(
        org.apache.hadoop.conf.Configuration configuration) {
      throw new UnsupportedOperationException("feature sets are written without Hadoop");
    }
  }
}
